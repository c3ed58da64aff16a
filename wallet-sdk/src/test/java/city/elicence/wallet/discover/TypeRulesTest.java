package city.elicence.wallet.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.metadata.Integrity;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SD-JWT VC type metadata in the wallet: a licence that pins them is held to them")
class TypeRulesTest {
    private static final String KEPT = document("{'path':['family_name'],'sd':'always','mandatory':true}");
    private static final String BROKEN = document("{'path':['family_name'],'sd':'never'}");

    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    private static String document(String claims) {
        return ("{'vct':'" + TownIssuer.VCT + "','claims':[" + claims + "]}").replace('\'', '"');
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void pins(String document) {
        String integrity = Integrity.of(octets(document));
        town.issuer.claimsTamper = claims -> claims.put("vct#integrity", integrity);
    }

    private void serve(String address, String document) {
        town.wire.elsewhere(address, TownServer.reply(200, "application/json", document));
    }

    private boolean asked() {
        return town.wire.calls().stream().anyMatch(call -> call.uri().toString().startsWith(TownIssuer.VCT));
    }

    @Test
    @DisplayName(
            "Claim Metadata: a licence that keeps the rules of its type is taken, one that does not is refused by name")
    void rules() {
        serve(TownIssuer.VCT, KEPT);
        pins(KEPT);
        assertEquals(3, town.licence().freshCopies());
        serve(TownIssuer.VCT, BROKEN);
        pins(BROKEN);
        assertEquals(
                Reason.LICENCE_AGAINST_ITS_TYPE.code(),
                Town.refusal(town.wallet.accept(town.preview(), null)).code());
        assertEquals(1, town.wallet.cards().size());
    }

    @Test
    @DisplayName("Integrity of Referenced Documents: a document that is not the one pinned is not processed")
    void anotherDocument() {
        pins(KEPT);
        serve(TownIssuer.VCT, BROKEN);
        town.wire.elsewhere(digested(KEPT), TownServer.reply(404, "application/json", "{}"));
        assertEquals(3, town.licence().freshCopies());
        assertTrue(asked());
    }

    @Test
    @DisplayName("A type that has changed since: the pinned document is found by its digest, and its rules hold")
    void earlierVersion() {
        serve(TownIssuer.VCT, KEPT);
        pins(BROKEN);
        serve(digested(BROKEN), BROKEN);
        assertTrue(Town.refusal(town.wallet.accept(town.preview(), null)).is(Reason.LICENCE_AGAINST_ITS_TYPE));
    }

    @Test
    @DisplayName("A licence that pins nothing makes the wallet ask nobody")
    void notPinned() {
        assertEquals(3, town.licence().freshCopies());
        assertFalse(asked());
    }

    private static String digested(String document) {
        return TownIssuer.VCT + "?sha256=" + Base64Url.encode(Sha256.of(octets(document)));
    }
}
