package city.elicence.credentials.status;

import static city.elicence.credentials.status.StatusListTest.assertReason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.status.StatusException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusListTokenTest {
    private static final URI LISTED = URI.create("https://licence.example/traffic-police/status/1");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(5);
    private final SoftwareKey key = SoftwareKey.generate();

    @Test
    @DisplayName("§5.1: typ statuslist+jwt, sub, iat, exp, ttl, status_list; x5c in the header")
    void form() throws Exception {
        Jws jws = Jws.parse(signed(list()));
        assertEquals("statuslist+jwt", jws.header().get("typ"));
        assertEquals(List.of("bGVhZg=="), jws.header().get("x5c"));
        Fields claims = Fields.of(jws.claims());
        assertEquals(LISTED, claims.uri("sub"));
        assertEquals(NOW, claims.instant("iat"));
        assertEquals(NOW.plus(Duration.ofHours(1)), claims.instant("exp"));
        assertEquals(10, claims.longValue("ttl"));
        assertEquals(2, claims.fields("status_list").longValue("bits"));
        assertEquals(
                "https://licence.example/traffic-police/status",
                claims.fields("status_list").string("aggregation_uri"));
    }

    @Test
    @DisplayName("§8.3: a token that is signed, meant and fresh gives the list")
    void check() throws Exception {
        StatusListToken token = StatusListToken.parse(signed(list()));
        StatusList read = token.check(key.publicKey(), LISTED, NOW.plusSeconds(9), SKEW);
        assertEquals(StatusList.INVALID, read.get(5));
        assertEquals(StatusList.SUSPENDED, read.get(6));
        assertEquals(StatusList.VALID, read.get(7));
        assertEquals(43, token.sha256().length());
    }

    @Test
    @DisplayName("§5.1 rule 2: a token that another key signed is rejected")
    void otherKey() throws Exception {
        StatusListToken token = StatusListToken.parse(signed(list()));
        SoftwareKey other = SoftwareKey.generate();
        assertReason(Reason.BAD_SIGNATURE, () -> token.check(other.publicKey(), LISTED, NOW, SKEW));
    }

    @Test
    @DisplayName("§8.3 4a: sub must equal the uri in the credential")
    void otherList() throws Exception {
        StatusListToken token = StatusListToken.parse(signed(list()));
        URI other = URI.create("https://licence.example/traffic-police/status/2");
        assertReason(Reason.WRONG_SUBJECT, () -> token.check(key.publicKey(), other, NOW, SKEW));
    }

    @Test
    @DisplayName("§8.3 4c: an expired token says nothing; nor does one from the future")
    void times() throws Exception {
        StatusListToken token = StatusListToken.parse(signed(list()));
        Instant end = NOW.plus(Duration.ofHours(1));
        token.check(key.publicKey(), LISTED, end.plus(SKEW).minusSeconds(1), SKEW);
        assertReason(Reason.EXPIRED, () -> token.check(key.publicKey(), LISTED, end.plus(SKEW), SKEW));
        token.check(key.publicKey(), LISTED, NOW.minus(SKEW), SKEW);
        assertReason(
                Reason.NOT_YET_ISSUED,
                () -> token.check(key.publicKey(), LISTED, NOW.minus(SKEW).minusSeconds(1), SKEW));
    }

    @Test
    @DisplayName("§8.3 4d: stale when time of fetching + ttl < now")
    void stale() throws Exception {
        StatusListToken token = StatusListToken.parse(signed(list()));
        assertFalse(token.isStale(NOW, NOW.plusSeconds(10)));
        assertTrue(token.isStale(NOW, NOW.plusSeconds(11)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "iat", "status_list"})
    @DisplayName("§5.1: a token without a required claim is refused")
    void required(String claim) throws Exception {
        Map<String, Object> claims =
                new LinkedHashMap<>(Jws.parse(signed(list())).claims());
        claims.remove(claim);
        assertMalformed("statuslist+jwt", claims);
    }

    @Test
    @DisplayName("§5.1: another typ is refused, and a ttl that is not positive")
    void otherForm() throws Exception {
        Map<String, Object> claims =
                new LinkedHashMap<>(Jws.parse(signed(list())).claims());
        assertMalformed("JWT", claims);
        claims.put("ttl", 0L);
        assertMalformed("statuslist+jwt", claims);
        claims.put("ttl", Long.MAX_VALUE);
        StatusListToken forever =
                StatusListToken.parse(Jws.sign(Map.of("typ", "statuslist+jwt"), Json.write(claims), key));
        assertFalse(forever.isStale(NOW, NOW.plusSeconds(11)), "an absurd ttl overflows nothing");
    }

    @Test
    @DisplayName("§5.1: the example of the standard is read; without its key it gives no list")
    void example() throws Exception {
        String jwt = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjEyIiwidHlwIjoic3RhdHVzbGlzdCtqd3QifQ"
                + ".eyJleHAiOjIyOTE3MjAxNzAsImlhdCI6MTY4NjkyMDE3MCwiaXNzIjoiaHR0cHM6Ly9leGFtcGxlLmNvbSIsInN0YXR1c19saXN0"
                + "Ijp7ImJpdHMiOjEsImxzdCI6ImVOcmJ1UmdBQWhjQlhRIn0sInN1YiI6Imh0dHBzOi8vZXhhbXBsZS5jb20vc3RhdHVzbGlzdHMvMSIs"
                + "InR0bCI6NDMyMDB9.2lKUUNG503R9htu4aHAYi7vjmr3sgApbfoDvPrl65N3URUO1EYqqQl45Jfzd-Av4QzlKa3oVALpLwOEUOq-U_g";
        StatusListToken token = StatusListToken.parse(jwt);
        assertEquals(URI.create("https://example.com/statuslists/1"), token.subject());
        assertEquals(Duration.ofHours(12), token.ttl().orElseThrow());
        assertReason(Reason.BAD_SIGNATURE, () -> token.check(key.publicKey(), token.subject(), NOW, SKEW));
    }

    @Test
    @DisplayName("Property: one flipped bit of a token is never accepted")
    void flippedBit() throws Exception {
        String jwt = signed(list());
        for (int i = 0; i < jwt.length(); i++) {
            char flipped = (char) (jwt.charAt(i) ^ (1 << (i % 6)));
            String changed = jwt.substring(0, i) + flipped + jwt.substring(i + 1);
            assertThrows(
                    StatusException.class,
                    () -> StatusListToken.parse(changed).check(key.publicKey(), LISTED, NOW, SKEW),
                    "character " + i);
        }
    }

    private void assertMalformed(String typ, Map<String, Object> claims) {
        String jwt = Jws.sign(Map.of("typ", typ), Json.write(claims), key);
        assertReason(Reason.MALFORMED_TOKEN, () -> StatusListToken.parse(jwt));
    }

    private static StatusList list() {
        StatusList list = StatusList.ofSize(2, 1000);
        list.set(5, StatusList.INVALID);
        list.set(6, StatusList.SUSPENDED);
        return list;
    }

    private String signed(StatusList list) {
        StatusListToken.Terms terms = new StatusListToken.Terms(
                LISTED,
                NOW,
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                URI.create("https://licence.example/traffic-police/status"));
        return StatusListToken.sign(list, terms, key, List.of("bGVhZg=="));
    }
}
