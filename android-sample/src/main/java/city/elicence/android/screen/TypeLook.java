package city.elicence.android.screen;

import android.content.Context;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.store.CardClaim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * How a type of the catalogue looks in the hand: its drawing, what stands on its face, and the words for its fixed values.
 * The app brings the catalogue, so that no picture is fetched. Types that are not in it have the picture that their issuer's metadata
 * name, or look plain.
 */
public final class TypeLook {
    /** ISO/IEC 5218, by which an ISO mobile document says the sex; document types are in no file of the catalogue's name. */
    private static final Map<String, Words> ISO_WORDS = Map.of(
            "org.iso.18013.5.1.sex=0", new Words("未知", "Not known"),
            "org.iso.18013.5.1.sex=1", new Words("男", "Male"),
            "org.iso.18013.5.1.sex=2", new Words("女", "Female"),
            "org.iso.18013.5.1.sex=9", new Words("不适用", "Not applicable"));

    private static final TypeLook PLAIN = new TypeLook("seal", List.of(), ISO_WORDS, List.of());
    private static final Pattern ID = Pattern.compile("[a-z][a-z-]{0,60}");
    private static final Map<String, TypeLook> READ = new ConcurrentHashMap<>();

    private final String emblem;
    private final List<String> summary;
    private final Map<String, Words> values;
    private final List<String> order;

    private TypeLook(String emblem, List<String> summary, Map<String, Words> values, List<String> order) {
        this.emblem = emblem;
        this.summary = summary;
        this.values = values;
        this.order = order;
    }

    /** By the last part of the type's address. */
    public static TypeLook of(String vct) {
        String id = vct.substring(Math.max(vct.lastIndexOf('/'), vct.lastIndexOf(':')) + 1);
        return ID.matcher(id).matches() ? READ.computeIfAbsent(id, TypeLook::read) : PLAIN;
    }

    /** Whether the app has a drawing of its own for it. */
    public boolean known() {
        return this != PLAIN;
    }

    /** Claims that say in a line whose and which it is. */
    public List<String> summary() {
        return summary;
    }

    /** The claims as the type lists them; in the licence itself their order is random, so that it tells nothing. */
    public List<CardClaim> inOrder(List<CardClaim> claims) {
        List<CardClaim> sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparingInt(this::place));
        return sorted;
    }

    private int place(CardClaim claim) {
        String path = claim.path().toString();
        int dot = path.indexOf('.');
        int place = order.indexOf(dot < 0 ? path : path.substring(0, dot));
        return place < 0 ? order.size() : place;
    }

    /** The word for a value out of a fixed few, or the value. */
    public Words value(String claim, String value) {
        return values.getOrDefault(claim + '=' + value, Words.same(value));
    }

    @SuppressWarnings("DiscouragedApi") // Drawings are named in the catalogue, which is data.
    public int drawable(Context context) {
        String name = "emblem_" + emblem.replace('-', '_');
        int found = context.getResources().getIdentifier(name, "drawable", "city.elicence.android");
        return found == 0 ? city.elicence.android.R.drawable.emblem_seal : found;
    }

    private static TypeLook read(String id) {
        try (InputStream in = TypeLook.class.getResourceAsStream("/catalogue/" + id + ".json")) {
            if (in == null) {
                return PLAIN;
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                all.write(piece, 0, n);
            }
            Fields type = Fields.of(Json.parseObject(all.toByteArray()));
            Fields card = Fields.of(type.object("card"));
            return new TypeLook(card.string("emblem"), card.strings("summary"), choices(type), names(type));
        } catch (IOException | JsonException e) {
            return PLAIN;
        }
    }

    private static List<String> names(Fields type) throws JsonException {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> claim : type.objects("claims")) {
            names.add(Fields.of(claim).string("name"));
        }
        return names;
    }

    private static Map<String, Words> choices(Fields type) throws JsonException {
        Map<String, Words> values = new LinkedHashMap<>();
        for (Map<String, Object> claim : type.objects("claims")) {
            Fields fields = Fields.of(claim);
            if (fields.has("choices")) {
                for (Map<String, Object> choice : fields.objects("choices")) {
                    Fields one = Fields.of(choice);
                    values.put(fields.string("name") + '=' + one.string("value"), Words.fromJson(one.object("label")));
                }
            }
        }
        return values;
    }
}
