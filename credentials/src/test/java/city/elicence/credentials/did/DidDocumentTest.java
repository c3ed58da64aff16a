package city.elicence.credentials.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DidDocumentTest {
    private static final Did BANK = new Did("did:indy:beijing:Bank111111111111111111");
    private static final Did OTHER = new Did("did:indy:beijing:Third11111111111111111");

    private final SoftwareKey key = SoftwareKey.generate();
    private final DidDocument document = DidDocument.of(BANK, List.of(key.publicKey()));

    @Test
    @DisplayName("did:indy: what is written is read again, a key by its DID URL or by its fragment")
    void roundTrip() throws JsonException {
        DidDocument read = DidDocument.read(BANK, document.content());
        assertEquals(document, read);
        assertEquals(Optional.of(key.publicKey()), read.key(DidDocument.keyId(BANK, key.publicKey())));
        assertEquals(
                Optional.of(key.publicKey()), read.key("#" + key.publicKey().thumbprint()));
        assertEquals(Optional.empty(), read.key("#verkey"));
    }

    @Test
    @DisplayName("did:indy: diddocContent has no id of its own, and no key by the name of the ledger's")
    void rulesOfTheLedger() {
        assertTrue(!document.content().contains("#verkey"));
        assertTrue(document.content().startsWith("{\"@context\":"), document.content());
        assertTrue(document.content().length() < 1_024, "one key is far within what a pool takes");
    }

    @Test
    @DisplayName("A key that is another DID's, or is controlled by another, is not a key of this DID")
    void anothersKey() throws JsonException {
        assertEquals(Map.of(), DidDocument.read(OTHER, document.content()).keys());
        String controlledByOther =
                document.content().replace("\"controller\":\"" + BANK.value(), "\"controller\":\"" + OTHER.value());
        assertEquals(Map.of(), DidDocument.read(BANK, controlledByOther).keys());
    }

    @Test
    @DisplayName(
            "DID Core §5.4: a party's log is a service; one that cannot be asked, or of another kind, is passed over")
    void log() throws JsonException {
        URI base = URI.create("https://wallets.example:8443/city");
        DidDocument named = document.withLog(base);
        assertEquals(named, DidDocument.read(BANK, named.content()));
        assertNull(DidDocument.read(BANK, document.content()).log());
        for (String unusable : List.of("file:///etc/passwd", "https://a b", "https://[", "", "https://x/?y")) {
            String content = named.content().replace(base.toString(), unusable);
            assertNull(DidDocument.read(BANK, content).log(), unusable);
        }
        assertNull(DidDocument.read(BANK, named.content().replace("LicenceLog", "Inbox"))
                .log());
        assertNull(DidDocument.read(BANK, "{\"service\":7}").log());
    }

    @Test
    @DisplayName("Keys of other kinds are passed over; what is no document is refused")
    void otherKinds() throws JsonException {
        String otherCurve = document.content().replace("P-256", "P-384");
        assertEquals(Map.of(), DidDocument.read(BANK, otherCurve).keys());
        assertEquals(Map.of(), DidDocument.read(BANK, "{}").keys());
        assertThrows(JsonException.class, () -> DidDocument.read(BANK, "[]"));
        assertThrows(JsonException.class, () -> DidDocument.read(BANK, "{\"verificationMethod\":[7]}"));
    }
}
