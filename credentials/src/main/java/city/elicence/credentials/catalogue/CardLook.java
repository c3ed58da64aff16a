package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.util.List;

/**
 * How the licence looks as a card.
 *
 * @param colour background, {@code #rrggbb}
 * @param ink text on it, {@code #rrggbb}
 * @param emblem name of a drawing, see {@link Catalogue#emblem}
 * @param summary claims that say in a line whose and which it is, for cards, lists and search; the first is the title
 */
public record CardLook(String colour, String ink, String emblem, List<ClaimPath> summary) {
    public CardLook {
        summary = List.copyOf(summary);
    }
}
