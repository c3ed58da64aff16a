package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.issuer.status.DatedAhead;
import city.elicence.issuer.store.Store;
import city.elicence.ledger.memory.MemoryLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("A clock that stood hours ahead is put right")
class ClockAheadTest {
    private static final String TYPE = "driving-licence";
    /** More than half the life of a token, so that what is signed then is kept for the history. */
    private static final Duration AHEAD = Duration.ofHours(7);

    /** Back to now, and past the second in which the list was anchored before. */
    private static final Duration BACK = AHEAD.negated().plusSeconds(2);

    private TestCity city;
    private Desk desk;
    private StatusReference reference;
    private String licence = "";

    @BeforeEach
    void issue() throws Exception {
        city = new TestCity();
        city.accredit(city.police, TYPE);
        desk = new Desk(city, city.police);
        reference = issued();
        waitUntilAnchored();
    }

    private StatusReference issued() throws Exception {
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        Http.Answer offer = desk.offer(TYPE);
        licence = Desk.ordered(offer).getFirst();
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        String credential = RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()))
                .getFirst();
        return StatusReference.fromClaim(
                SdJwtVc.of(SdJwt.parse(credential)).status().orElseThrow());
    }

    @AfterEach
    void close() {
        city.close();
    }

    /** Until everything that was done is on the ledger, and in the books that it is. */
    private void waitUntilAnchored() throws Exception {
        Did did = MemoryLedger.signer("beijing", city.police).did();
        for (int i = 0; i < 600; i++) {
            Optional<StatusHead> head = city.ledger.statusHead(did, reference.uri());
            if (head.isPresent()
                    && Long.valueOf(0).equals(desk.get("anchoring").json().get("waiting"))) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not anchored within 30 seconds");
    }

    private StatusListToken served() throws Exception {
        return StatusListToken.parse(Http.get(reference.uri().toString(), "Accept", "application/statuslist+jwt")
                .text());
    }

    /** As a relying party with a right clock takes it that allows a minute. */
    private int status() throws Exception {
        return status(served());
    }

    private int status(StatusListToken token) throws Exception {
        return token.check(
                        served().certificates().orElseThrow().leafKey(),
                        reference.uri(),
                        city.clock.instant(),
                        Duration.ofSeconds(60))
                .get(reference.index());
    }

    private void renewedAhead() throws Exception {
        city.clock.move(AHEAD);
        assertTrue(served().issuedAt().isAfter(Instant.now().plusSeconds(3600)));
        city.clock.move(BACK);
    }

    private void anchoredAhead() throws Exception {
        city.clock.move(AHEAD);
        assertEquals(200, desk.change(licence, "suspend", "points").status());
        waitUntilAnchored();
        city.clock.move(BACK);
    }

    private List<Map<String, Object>> saidToTheRegulator() {
        String did = MemoryLedger.signer("beijing", city.police).did().value();
        return Desk.list(Http.get(city.base() + "/oversight"), "status_dated_ahead").stream()
                .filter(each -> did.equals(each.get("issuer")))
                .toList();
    }

    @Test
    @DisplayName("A list that was only signed anew meanwhile is dated back at once, and so is the history of it")
    void onlyRenewed() throws Exception {
        renewedAhead();
        assertEquals(StatusList.VALID, status());
        assertFalse(served().issuedAt().isAfter(city.clock.instant()));
        assertEquals(List.of(), saidToTheRegulator());

        assertEquals(200, desk.change(licence, "revoke", "lost").status());
        assertEquals(StatusList.INVALID, status());
        waitUntilAnchored();
        city.clock.move(AHEAD.plusMinutes(1));
        String past = Http.get(reference.uri() + "?time=" + city.clock.instant().getEpochSecond())
                .text();
        assertEquals(StatusList.INVALID, status(StatusListToken.parse(past)));
    }

    @Test
    @DisplayName("A revocation at once after it is dated by the right clock, whatever was signed meanwhile")
    void changedAfterwards() throws Exception {
        renewedAhead();
        assertEquals(200, desk.change(licence, "revoke", "lost").status());
        assertEquals(StatusList.INVALID, status());
    }

    @Test
    @DisplayName(
            "A list of which the ledger has a version of then is refused until its time comes, and that is said: to the log once, to the regulator; then it is good by itself")
    void anchoredMeanwhile() throws Exception {
        anchoredAhead();
        assertEquals(200, desk.change(licence, "revoke", "lost").status());
        assertEquals(
                StatusException.Reason.NOT_YET_ISSUED,
                assertThrows(StatusException.class, this::status).reason());

        Map<String, Object> said = saidToTheRegulator().getFirst();
        assertEquals(1L, said.get("lists"));
        assertEquals(served().issuedAt().toString(), said.get("until"));
        Logger logger = (Logger) LoggerFactory.getLogger(DatedAhead.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            DatedAhead watch = new DatedAhead(new Store(city.pool()));
            watch.round(city.clock.instant());
            watch.round(city.clock.instant());
            assertEquals(List.of(Level.WARN), levels(log));
            city.clock.move(AHEAD.plusSeconds(30));
            watch.round(city.clock.instant());
            assertEquals(List.of(Level.WARN, Level.INFO), levels(log));
        } finally {
            logger.detachAppender(log);
        }
        assertEquals(List.of(), saidToTheRegulator());
        assertEquals(StatusList.INVALID, status());
        waitUntilAnchored();
        assertEquals(
                served().sha256(),
                city.ledger
                        .statusHead(MemoryLedger.signer("beijing", city.police).did(), reference.uri())
                        .orElseThrow()
                        .tokenSha256());
    }

    @Test
    @DisplayName("New licences are put on no list that is refused for now: another one is opened, once, and is good")
    void issuedWhileHeld() throws Exception {
        StatusReference before = reference;
        anchoredAhead();
        reference = issued();
        assertNotEquals(before.uri(), reference.uri());
        assertEquals(StatusList.VALID, status());
        assertEquals(reference.uri(), issued().uri());
    }

    @Test
    @DisplayName("A list that was only signed anew meanwhile can be dated back, and is drawn from as before")
    void issuedAfterRenewal() throws Exception {
        renewedAhead();
        assertEquals(reference.uri(), issued().uri());
        assertEquals(StatusList.VALID, status());
    }

    /** Of the rounds of this thread: the service has its own. */
    private List<Level> levels(ListAppender<ILoggingEvent> log) {
        return log.list.stream()
                .filter(event ->
                        event.getThreadName().equals(Thread.currentThread().getName()))
                .filter(event -> event.getFormattedMessage().contains(city.police + ":"))
                .map(ILoggingEvent::getLevel)
                .toList();
    }
}
