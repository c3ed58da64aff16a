package city.elicence.node.read;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.books.Committed;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads of the transaction author agreement and of the ways to accept it. */
final class AgreementReads {
    private final Proofs proofs;

    AgreementReads(Proofs proofs) {
        this.proofs = proofs;
    }

    /** GET_TXN_AUTHR_AGRMT: the latest, or the one of a version or digest. */
    Map<String, Object> agreement(Request request, Committed world) throws Refusal, IOException {
        Optional<String> digest = request.text("digest");
        byte[] key = digest.isPresent()
                ? StateKeys.agreement(digest.get())
                : request.text("version").map(StateKeys::agreementOfVersion).orElse(StateKeys.latestAgreement());
        // Latest and version lead to a digest, and the digest to the agreement.
        Optional<String> found = digest.isPresent() ? digest : world.state().get(LedgerId.CONFIG, key);
        Optional<Fields> value =
                found.map(StateKeys::agreement).flatMap(at -> world.state().object(LedgerId.CONFIG, at));
        return result(world, key, value);
    }

    /** GET_TXN_AUTHR_AGRMT_AML: the latest, or those of a version. */
    Map<String, Object> mechanisms(Request request, Committed world) throws Refusal, IOException {
        byte[] key = request.text("version").map(StateKeys::mechanismsOfVersion).orElse(StateKeys.latestMechanisms());
        Optional<Fields> value = world.state().get(LedgerId.CONFIG, key).map(AgreementReads::parsed);
        return result(world, key, value);
    }

    private Map<String, Object> result(Committed world, byte[] key, Optional<Fields> value) throws IOException {
        Map<String, Object> fields = value.map(Fields::map).orElse(Map.of());
        return proofs.result(world, LedgerId.CONFIG, key, fields.get("val"), fields.get("lsn"), fields.get("lut"));
    }

    private static Fields parsed(String json) {
        try {
            return Fields.of(Json.parseObject(json));
        } catch (JsonException e) {
            throw new IllegalStateException("the state holds JSON that this node wrote", e);
        }
    }
}
