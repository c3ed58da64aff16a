package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.issuer.standing.TokenHistory;
import city.elicence.issuer.store.Store;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Token Status List §8.4, Historical Resolution: what was said of a licence at a time")
class StatusHistoryTest {
    private static final String TYPE = "driving-licence";

    private TestCity city;
    private StatusReference reference;
    private String licence;

    @BeforeEach
    void issue() throws Exception {
        city = new TestCity();
        city.accredit(city.police, TYPE);
        Http.Answer offer = new Desk(city, city.police).offer(TYPE);
        licence = Desk.ordered(offer).getFirst();
        RawWallet wallet = new RawWallet(city.clock);
        wallet.discover(city.issuer(city.police));
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        SdJwtVc vc = SdJwtVc.of(SdJwt.parse(RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()))
                .getFirst()));
        reference = StatusReference.fromClaim(vc.status().orElseThrow());
        Http.get(reference.uri().toString());
    }

    @AfterEach
    void close() {
        city.close();
    }

    private void change(String act) {
        city.clock.move(Duration.ofMinutes(10));
        assertEquals(
                200, new Desk(city, city.police).change(licence, act, "a test").status());
        city.clock.move(Duration.ofMinutes(10));
    }

    private Http.Answer asked(Object time, String... headers) {
        return Http.get(reference.uri() + "?time=" + time, headers);
    }

    /** As a relying party must take it: signed, of this list, and valid at that time. */
    private int statusAt(Instant then) throws Exception {
        Http.Answer answer = asked(then.getEpochSecond());
        assertEquals(200, answer.status(), answer::text);
        assertEquals("application/statuslist+jwt", answer.header("Content-Type").orElseThrow());
        StatusListToken token = StatusListToken.parse(answer.text());
        assertFalse(token.issuedAt().isAfter(then), "iat is not later than the time asked for");
        return token.check(token.certificates().orElseThrow().leafKey(), reference.uri(), then, Duration.ZERO)
                .get(reference.index());
    }

    @Test
    @DisplayName(
            "The answer is the token that was valid then, as JWT and as CWT, after later changes and a restart too")
    void past() throws Exception {
        Instant valid = city.clock.instant().plusSeconds(1);
        change("suspend");
        Instant suspended = city.clock.instant();
        change("resume");
        Instant resumed = city.clock.instant();
        change("revoke");
        city.restart();
        assertEquals(StatusList.VALID, statusAt(valid));
        assertEquals(StatusList.SUSPENDED, statusAt(suspended));
        assertEquals(StatusList.VALID, statusAt(resumed));
        assertEquals(StatusList.INVALID, statusAt(city.clock.instant()));
        Http.Answer cwt = asked(suspended.getEpochSecond(), "Accept", StatusListCwt.MEDIA_TYPE);
        assertEquals(StatusListCwt.MEDIA_TYPE, cwt.header("Content-Type").orElseThrow());
        StatusListCwt token = StatusListCwt.parse(cwt.body().getBytes());
        assertEquals(
                StatusList.SUSPENDED,
                token.check(token.certificates().orElseThrow().leafKey(), reference.uri(), suspended, Duration.ZERO)
                        .get(reference.index()));
    }

    @Test
    @DisplayName("404 for a time of which no token is kept: before the list, to come, or too long ago; 400 for no time")
    void notKept() {
        Instant now = city.clock.instant();
        assertEquals(404, asked(now.minus(Duration.ofDays(1)).getEpochSecond()).status());
        assertEquals(404, asked(now.plus(Duration.ofDays(1)).getEpochSecond()).status());
        assertEquals(404, asked(0).status());
        assertEquals(
                404,
                Http.get(city.issuer(city.police) + "/status/999?time=" + now.getEpochSecond())
                        .status());
        for (String wrong : new String[] {"", "yesterday", "-5", "1e9", "99999999999999999999"}) {
            Http.Answer answer = asked(wrong);
            assertEquals(400, answer.status(), wrong);
            assertEquals("invalid_request", answer.error());
        }
    }

    @Test
    @DisplayName(
            "A list that nobody asks for has no gap in its history; what is older than can be asked for is forgotten")
    void bounded() throws Exception {
        Instant first = city.clock.instant();
        for (int day = 0; day < 3; day++) {
            city.clock.move(Duration.ofHours(7));
            city.signOldLists();
        }
        for (Instant then = first; then.isBefore(city.clock.instant()); then = then.plus(Duration.ofHours(1))) {
            assertEquals(StatusList.VALID, statusAt(then), then::toString);
        }
        city.clock.move(TokenHistory.KEPT);
        int forgotten = TokenHistory.sweep(new Store(city.pool()).direct(), city.clock.instant());
        assertTrue(forgotten >= 4, "forgot " + forgotten);
        assertEquals(404, asked(first.getEpochSecond()).status());
    }
}
