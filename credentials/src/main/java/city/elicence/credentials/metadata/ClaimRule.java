package city.elicence.credentials.metadata;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.metadata.TypeMetadataException.Reason;
import city.elicence.credentials.sdjwt.DisclosedClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What type metadata say of a claim (SD-JWT VC, "Claim Metadata").
 *
 * @param display in the order given; empty where there is none
 */
public record ClaimRule(ClaimPath path, boolean mandatory, Sd sd, List<Map<String, Object>> display) {
    /** Whether the issuer makes it selectively disclosable. */
    public enum Sd {
        ALWAYS,
        ALLOWED,
        NEVER
    }

    public ClaimRule {
        display = List.copyOf(display);
    }

    static ClaimRule read(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        Sd sd = switch (fields.optString("sd").orElse("allowed")) {
            case "always" -> Sd.ALWAYS;
            case "allowed" -> Sd.ALLOWED;
            case "never" -> Sd.NEVER;
            default -> throw new JsonException("sd: expected always, allowed or never");
        };
        return new ClaimRule(
                ClaimPath.fromJson(fields.list("path")),
                fields.has("mandatory") && fields.bool("mandatory"),
                sd,
                fields.has("display") ? fields.objects("display") : List.of());
    }

    /** "Extending Claim Metadata": what an extending type says goes first, within the limits for {@code sd} and {@code mandatory}. */
    ClaimRule overriddenBy(ClaimRule child, Map<String, Object> said) throws TypeMetadataException {
        Sd combined = said.containsKey("sd") ? child.sd : sd;
        boolean needed = said.containsKey("mandatory") ? child.mandatory : mandatory;
        if ((sd != Sd.ALLOWED && combined != sd) || (mandatory && !needed)) {
            throw new TypeMetadataException(Reason.RULE_WEAKENED, String.valueOf(path));
        }
        return new ClaimRule(path, needed, combined, said.containsKey("display") ? child.display : display);
    }

    /** For a holder, who has every disclosure of the credential. */
    void check(DisclosedClaims whole) throws TypeMetadataException {
        List<ClaimPath> places = new ArrayList<>();
        boolean emptyArray = walk(whole.claims(), 0, new ArrayList<>(), places);
        if (mandatory && places.isEmpty() && !emptyArray) {
            throw new TypeMetadataException(Reason.CLAIM_MISSING, String.valueOf(path));
        }
        for (ClaimPath place : places) {
            boolean selective = whole.places().containsKey(place);
            if ((sd == Sd.ALWAYS && !selective) || (sd == Sd.NEVER && selective)) {
                throw new TypeMetadataException(Reason.WRONG_DISCLOSURE, String.valueOf(path));
            }
        }
    }

    /** "Processing of path"; returns whether the way ended at an array without elements, in which nothing can be missing. */
    private boolean walk(@Nullable Object node, int at, List<@Nullable Object> here, List<ClaimPath> places)
            throws TypeMetadataException {
        if (at == path.steps().size()) {
            places.add(new ClaimPath(here));
            return false;
        }
        Object step = path.steps().get(at);
        if (step instanceof String name && node instanceof Map<?, ?> object) {
            return object.containsKey(name) && into(object.get(name), at, name, here, places);
        }
        if (step instanceof String || !(node instanceof List<?> list)) {
            throw new TypeMetadataException(Reason.PATH_MISFIT, String.valueOf(path));
        }
        boolean empty = step == null && list.isEmpty();
        for (int i = 0; i < list.size(); i++) {
            if (step == null || step.equals((long) i)) {
                empty |= into(list.get(i), at, (long) i, here, places);
            }
        }
        return empty;
    }

    private boolean into(
            @Nullable Object node, int at, Object step, List<@Nullable Object> here, List<ClaimPath> places)
            throws TypeMetadataException {
        here.add(step);
        boolean empty = walk(node, at + 1, here, places);
        here.remove(here.size() - 1);
        return empty;
    }
}
