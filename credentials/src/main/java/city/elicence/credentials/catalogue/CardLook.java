package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the licence looks as a card.
 *
 * @param colour background, {@code #rrggbb}
 * @param ink text on it, {@code #rrggbb}
 * @param emblem name of a drawing, see {@link Catalogue#emblem}
 * @param summary claims that say in a line whose and which it is, for cards, lists and search; the first is the title
 */
public record CardLook(String colour, String ink, String emblem, List<ClaimPath> summary) {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Pattern EMBLEM = Pattern.compile("[a-z][a-z-]{0,39}");

    public CardLook {
        summary = List.copyOf(summary);
    }

    static CardLook read(Entry entry, Claims claims) throws CatalogueException {
        entry.only("colour", "ink", "emblem", "summary");
        return new CardLook(
                entry.get("colour").text(COLOUR, "a colour such as #0f4c81"),
                entry.get("ink").text(COLOUR, "a colour such as #ffffff"),
                entry.get("emblem").text(EMBLEM, "the name of an emblem"),
                claims.paths(entry.get("summary").elements()));
    }
}
