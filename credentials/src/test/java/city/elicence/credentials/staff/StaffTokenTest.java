package city.elicence.credentials.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.staff.StaffToken.Use;
import city.elicence.credentials.staff.StaffTokenException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaffTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.5Z");
    private final SoftwareKey key = SoftwareKey.generate();

    @ParameterizedTest
    @EnumSource(StaffRole.class)
    @DisplayName("A token is read as it was minted")
    void roundTrip(StaffRole role) throws Exception {
        StaffToken token = token(role, Use.ACCESS);
        assertEquals(token, StaffToken.verify(token.mint(key), key.publicKey(), Use.ACCESS, NOW));
        assertNotEquals(token.id(), token(role, Use.ACCESS).id());
    }

    @Test
    @DisplayName("A token of one office stays one of that office; an odd office is refused")
    void office() throws Exception {
        StaffToken token = token(StaffRole.CLERK, Use.ACCESS).at("traffic-police");
        assertEquals(token, StaffToken.verify(token.mint(key), key.publicKey(), Use.ACCESS, NOW));
        Map<String, Object> claims =
                new LinkedHashMap<>(Jws.parse(token.mint(key)).claims());
        claims.put("office", "");
        assertRefused(Reason.MALFORMED, signed(claims), key, Use.ACCESS, NOW);
        claims.put("office", 7L);
        assertRefused(Reason.MALFORMED, signed(claims), key, Use.ACCESS, NOW);
    }

    @Test
    @DisplayName("Another city's key, or another kind of JWT by the right key, lets nobody in")
    void otherKey() throws Exception {
        String jwt = token(StaffRole.CLERK, Use.ACCESS).mint(key);
        assertRefused(Reason.BAD_SIGNATURE, jwt, SoftwareKey.generate(), Use.ACCESS, NOW);
        String other = Jws.sign(Map.of("typ", "JWT"), Jws.parse(jwt).claims(), key);
        assertRefused(Reason.MALFORMED, other, key, Use.ACCESS, NOW);
    }

    @Test
    @DisplayName("RFC 7519 §4.1.4: on or after exp the token is not accepted")
    void expiry() {
        String jwt = token(StaffRole.CLERK, Use.ACCESS).mint(key);
        Instant end = Instant.ofEpochSecond(NOW.getEpochSecond()).plus(Duration.ofMinutes(10));
        assertRefused(Reason.EXPIRED, jwt, key, Use.ACCESS, end);
        assertRefused(Reason.EXPIRED, jwt, key, Use.ACCESS, NOW.minusSeconds(60));
    }

    @Test
    @DisplayName("A link's token is no access token, and the other way round")
    void otherUse() {
        assertRefused(Reason.WRONG_USE, token(StaffRole.CLERK, Use.LINK).mint(key), key, Use.ACCESS, NOW);
        assertRefused(Reason.WRONG_USE, token(StaffRole.CLERK, Use.ACCESS).mint(key), key, Use.LINK, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "role", "use", "jti", "iat", "exp"})
    @DisplayName("A token without one of its claims, or with an odd one, is refused")
    void malformed(String claim) throws Exception {
        Map<String, Object> claims = new LinkedHashMap<>(
                Jws.parse(token(StaffRole.ADMIN, Use.ACCESS).mint(key)).claims());
        claims.remove(claim);
        assertRefused(Reason.MALFORMED, signed(claims), key, Use.ACCESS, NOW);
        claims.put(claim, "");
        assertRefused(Reason.MALFORMED, signed(claims), key, Use.ACCESS, NOW);
    }

    @Test
    @DisplayName("No token lives longer than the limit, whoever signed it")
    void tooLong() throws Exception {
        Map<String, Object> claims = new LinkedHashMap<>(
                Jws.parse(token(StaffRole.ADMIN, Use.ACCESS).mint(key)).claims());
        claims.put("exp", NOW.plus(Duration.ofDays(30)).getEpochSecond());
        assertRefused(Reason.MALFORMED, signed(claims), key, Use.ACCESS, NOW);
        assertThrows(
                IllegalArgumentException.class,
                () -> StaffToken.of("17", StaffRole.ADMIN, Use.ACCESS, NOW, Duration.ofDays(1)));
    }

    @Test
    @DisplayName("Property: one flipped bit of a token is never accepted")
    void flippedBit() {
        String jwt = token(StaffRole.CLERK, Use.ACCESS).mint(key);
        for (int i = 0; i < jwt.length(); i++) {
            char flipped = (char) (jwt.charAt(i) ^ (1 << (i % 6)));
            String changed = jwt.substring(0, i) + flipped + jwt.substring(i + 1);
            assertThrows(
                    StaffTokenException.class,
                    () -> StaffToken.verify(changed, key.publicKey(), Use.ACCESS, NOW),
                    "character " + i);
        }
    }

    private String signed(Map<String, Object> claims) {
        return Jws.sign(Map.of("typ", StaffToken.TYPE), claims, key);
    }

    private static StaffToken token(StaffRole role, Use use) {
        return StaffToken.of("clerk-17", role, use, NOW, Duration.ofMinutes(10));
    }

    private static void assertRefused(Reason reason, String jwt, SoftwareKey key, Use use, Instant now) {
        assertEquals(
                reason,
                assertThrows(StaffTokenException.class, () -> StaffToken.verify(jwt, key.publicKey(), use, now))
                        .reason());
    }
}
