package city.elicence.credentials.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.verify.TestParty;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The words of the ledger: what they mean, and that they come back as they were written. */
class TrustWordsTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-06-01T00:00:00Z");
    private static final String TOKEN = "A".repeat(43);
    private final TestParty party = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    private final Accreditation accreditation = new Accreditation(
            party.did(),
            new Names("交警", "Traffic police"),
            Set.of(Role.ISSUER, Role.VERIFIER),
            List.of(party.anchor()),
            List.of(new Grant("driving-licence", new Period(FROM, UNTIL)), new Grant("permit", Period.from(FROM))),
            List.of(new AskGrant(
                    "identity-card",
                    List.of(ClaimPath.of("name"), ClaimPath.of("address", "city"), ClaimPath.of("list", null)),
                    Period.from(FROM))),
            null);

    @Test
    @DisplayName("A grant holds from its first moment until before its last")
    void periods() {
        assertTrue(accreditation.mayIssue("driving-licence", FROM));
        assertTrue(accreditation.mayIssue("driving-licence", UNTIL.minusSeconds(1)));
        assertFalse(accreditation.mayIssue("driving-licence", UNTIL));
        assertFalse(accreditation.mayIssue("driving-licence", FROM.minusNanos(1)));
        assertFalse(accreditation.mayIssue("identity-card", FROM));
        assertThrows(IllegalArgumentException.class, () -> new Period(UNTIL, UNTIL.minusSeconds(1)));
    }

    @Test
    @DisplayName("Frozen since a moment: from then on nothing, before it all that held")
    void frozen() {
        Accreditation frozen = accreditation.frozen(FROM.plusSeconds(10));
        assertTrue(frozen.mayIssue("permit", FROM.plusSeconds(9)));
        assertFalse(frozen.mayIssue("permit", FROM.plusSeconds(10)));
        assertFalse(frozen.mayAsk("identity-card", ClaimPath.of("name"), UNTIL));
        assertEquals(Optional.of(FROM.plusSeconds(10)), frozen.endedSince("permit", FROM, UNTIL));
    }

    @Test
    @DisplayName("An accreditation that ended says since when; one that holds does not")
    void ended() {
        assertEquals(Optional.of(UNTIL), accreditation.endedSince("driving-licence", FROM, UNTIL.plusSeconds(1)));
        assertEquals(Optional.empty(), accreditation.endedSince("driving-licence", FROM, UNTIL.minusSeconds(1)));
    }

    @Test
    @DisplayName("A path that may be asked allows what lies below it, and not what lies above or beside")
    void asking() {
        assertTrue(accreditation.mayAsk("identity-card", ClaimPath.of("name"), UNTIL));
        assertTrue(accreditation.mayAsk("identity-card", ClaimPath.of("address", "city", "district"), UNTIL));
        assertTrue(accreditation.mayAsk("identity-card", ClaimPath.of("list", 3), UNTIL));
        assertFalse(accreditation.mayAsk("identity-card", ClaimPath.of("address"), UNTIL));
        assertFalse(accreditation.mayAsk("identity-card", ClaimPath.of("list"), UNTIL));
        assertFalse(accreditation.mayAsk("driving-licence", ClaimPath.of("name"), UNTIL));
        assertFalse(accreditation.mayAskAbout("identity-card", FROM.minusSeconds(1)));
    }

    @Test
    @DisplayName("What is written to the ledger reads back the same; an unknown field is refused")
    void json() throws Exception {
        for (Accreditation each : List.of(accreditation, accreditation.frozen(UNTIL))) {
            assertEquals(each, LedgerJson.accreditation(Json.parseObject(Json.write(LedgerJson.write(each)))));
        }
        LogHead log = new LogHead(party.did(), 7, TOKEN, FROM);
        assertEquals(log, LedgerJson.logHead(Json.parseObject(Json.write(LedgerJson.write(log)))));
        StatusHead status = new StatusHead(party.did(), URI.create("https://x.example/1"), 5, TOKEN, FROM);
        assertEquals(status, LedgerJson.statusHead(Json.parseObject(Json.write(LedgerJson.write(status)))));
        TypeRecord type = new TypeRecord("permit", 2, "https://x.example/types/permit", TOKEN);
        assertEquals(type, LedgerJson.type(Json.parseObject(Json.write(LedgerJson.write(type)))));
        Map<String, Object> more = new LinkedHashMap<>(LedgerJson.write(type));
        more.put("surprise", 1L);
        assertThrows(JsonException.class, () -> LedgerJson.type(more));
    }

    @Test
    @DisplayName("An anchor whose fingerprint is not its certificate's is refused")
    void anchors() {
        Anchor other = TestParty.of("9LgYdQDM5jQE3YQvg2sMWk").anchor();
        Anchor mixed = new Anchor(other.subjectKeyId(), party.anchor().sha256(), other.certificate());
        assertThrows(JsonException.class, () -> mixed.toCertificate(Suite.ES256));
        Accreditation swapped = new Accreditation(
                party.did(), accreditation.names(), Set.of(), List.of(mixed), List.of(), List.of(), null);
        assertThrows(JsonException.class, () -> LedgerJson.accreditation(LedgerJson.write(swapped)));
    }

    @Test
    @DisplayName("A DID of the ledger, and nothing that only looks like one")
    void dids() {
        Did did = new Did("did:indy:beijing:7Tqg6BwSSWapxgUDm9KKgg");
        assertEquals("7Tqg6BwSSWapxgUDm9KKgg", did.base58());
        assertEquals("beijing", did.namespace());
        for (String text : List.of(
                "did:web:x",
                "did:indy:7Tqg6BwSSWapxgUDm9KKgg",
                "did:indy::7Tqg6BwSSWapxgUDm9KKgg",
                "did:indy:beijing:0Tqg6BwSSWapxgUDm9KKgg",
                "did:indy:beijing:short",
                "did:indy:BEIJING:7Tqg6BwSSWapxgUDm9KKgg",
                "did:indy:beijing:7Tqg6BwSSWapxgUDm9KKgg#key")) {
            assertThrows(IllegalArgumentException.class, () -> new Did(text), text);
        }
    }

    @Test
    @DisplayName("A nullifier depends on purpose and secret, and needs 128 bits of secret")
    void nullifiers() {
        byte[] secret = new byte[16];
        Nullifier claim = Nullifier.of("claim", secret);
        assertEquals(claim, Nullifier.of("claim", secret.clone()));
        assertEquals(16, claim.toBytes().length);
        assertNotEquals(claim, Nullifier.of("mortgage", secret));
        secret[0] = 1;
        assertNotEquals(claim, Nullifier.of("claim", secret));
        assertThrows(IllegalArgumentException.class, () -> Nullifier.of("claim", new byte[15]));
    }
}
