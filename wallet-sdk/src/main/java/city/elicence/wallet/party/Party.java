package city.elicence.wallet.party;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the other side.
 *
 * @param id the issuer's identifier or the verifier's client identifier, as the protocol has it
 * @param name from the ledger when accredited; else what the party says of itself, which proves nothing
 * @param did the party's DID on the ledger, only when accredited
 */
public record Party(
        String id, Words name, Standing standing, @Nullable String did) {
    public Party {
        if ((standing == Standing.ACCREDITED) != (did != null)) {
            throw new IllegalArgumentException("a DID goes with accreditation, and only with it");
        }
    }

    public static Party unproven(String id, Words saysOfItself) {
        return new Party(id, saysOfItself, Standing.UNPROVEN, null);
    }

    public static Party stranger(String id, Words saysOfItself) {
        return new Party(id, saysOfItself, Standing.STRANGER, null);
    }

    public boolean accredited() {
        return standing == Standing.ACCREDITED;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("name", name.toJson());
        json.put("standing", standing.name());
        if (did != null) {
            json.put("did", did);
        }
        return json;
    }

    public static Party fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new Party(
                fields.string("id"),
                Words.fromJson(fields.object("name")),
                Standing.valueOf(fields.string("standing")),
                fields.optString("did").orElse(null));
    }
}
