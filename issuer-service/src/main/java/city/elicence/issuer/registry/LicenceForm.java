package city.elicence.issuer.registry;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Label;
import city.elicence.credentials.catalogue.check.Validator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A type of licence as the form that a clerk fills in, from the catalogue alone: a new type needs no code. */
public final class LicenceForm {
    private LicenceForm() {}

    public static Map<String, Object> of(CredentialType type, boolean accredited, List<String> formats) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("id", type.id());
        form.put("version", (long) type.version());
        form.put("family", type.family().name().toLowerCase(Locale.ROOT));
        form.put("holder", type.holder().name().toLowerCase(Locale.ROOT));
        form.put("label", both(type.label()));
        form.put("description", both(type.description()));
        form.put("accredited", accredited);
        form.put("two_persons", type.twoPersons());
        form.put("formats", formats);
        form.put(
                "card",
                Map.of(
                        "colour", type.card().colour(),
                        "ink", type.card().ink(),
                        "emblem", type.card().emblem()));
        form.put("fields", fields(type.claims()));
        form.put("sample", type.sample());
        return form;
    }

    private static List<Map<String, Object>> fields(List<Claim> claims) {
        return claims.stream().filter(Claim::entered).map(LicenceForm::field).toList();
    }

    private static Map<String, Object> field(Claim claim) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", claim.name());
        field.put("path", claim.path().toString());
        field.put("label", both(claim.label()));
        field.put("type", claim.type().name().toLowerCase(Locale.ROOT));
        field.put("mandatory", claim.mandatory());
        field.put("disclosure", claim.disclosure().name().toLowerCase(Locale.ROOT));
        Validator validator = claim.validator();
        if (validator != null) {
            field.put("validator", validator.id());
        }
        if (!claim.choices().isEmpty()) {
            field.put(
                    "choices",
                    claim.choices().stream()
                            .map(choice -> Map.of("value", choice.value(), "label", both(choice.label())))
                            .toList());
        }
        if (!claim.members().isEmpty()) {
            field.put("members", fields(claim.members()));
        }
        return field;
    }

    private static Map<String, Object> both(Label label) {
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("zh", label.zh());
        texts.put("en", label.en());
        return texts;
    }
}
