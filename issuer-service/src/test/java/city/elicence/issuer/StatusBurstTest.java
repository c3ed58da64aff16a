package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.ledger.audit.Audit;
import city.elicence.ledger.audit.LogProofs;
import city.elicence.ledger.memory.MemoryLedger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("More status changes than seconds")
class StatusBurstTest {
    private static final String TYPE = "driving-licence";
    private static final int CHANGES = 60;
    /** Past the 20 seconds that versions may run ahead. */
    private static final int CATCH_UP = 25;

    private final TestCity city = new TestCity(StatusBurstTest::readWithoutSigning, null, pool -> pool);
    private final Desk desk = new Desk(city, city.police);

    @AfterEach
    void close() {
        city.close();
    }

    /** However slow the machine, a reader signs no list anew: that token would not be the anchored one. */
    private static IssuerSettings.Limits readWithoutSigning(IssuerSettings.Limits usual) {
        return new IssuerSettings.Limits(
                usual.offerLife(),
                usual.txCodeTries(),
                usual.nonceLife(),
                usual.accessTokenLife(),
                usual.refreshTokenLife(),
                usual.batchSize(),
                usual.issuancesPerGrant(),
                usual.statusListSize(),
                Duration.ofHours(1),
                usual.statusLife(),
                usual.anchorEvery(),
                usual.anchorBatch());
    }

    @Test
    @DisplayName(
            "The last state is anchored once the clock has caught up, and no version stands on the ledger for two lists")
    void burst() throws Exception {
        city.accredit(city.police, TYPE);
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        Http.Answer offer = desk.offer(TYPE);
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()));
        String licence = Desk.ordered(offer).getFirst();
        for (int i = 0; i < CHANGES; i++) {
            assertEquals(
                    200,
                    desk.change(licence, i % 2 == 0 ? "suspend" : "resume", "test")
                            .status());
            if (i % 20 == 19) {
                Thread.sleep(300); // Lets a round anchor what there is, so that more than one head is sent.
            }
        }
        Did did = MemoryLedger.signer("beijing", city.police).did();
        URI list = city.ledger.statusLists(did).iterator().next();
        String state = "";
        boolean anchored = false;
        for (int i = 0; i < 400 && !anchored; i++) {
            if (i < CATCH_UP) {
                city.clock.move(Duration.ofSeconds(1));
            }
            Thread.sleep(50);
            StatusListToken served =
                    StatusListToken.parse(Http.get(list.toString(), "Accept", "application/statuslist+jwt")
                            .text());
            Optional<StatusHead> head = city.ledger.statusHead(did, list);
            Object waiting = desk.get("anchoring").json().get("waiting");
            state = "now %s, served %s, on the ledger %s, %s waiting"
                    .formatted(city.clock.instant(), served.issuedAt(), head.map(StatusHead::at), waiting);
            anchored = head.filter(h -> h.tokenSha256().equals(served.sha256())).isPresent()
                    && Long.valueOf(0).equals(waiting);
        }
        assertTrue(anchored, "the token that is served is the anchored one, and none waits: " + state);
        assertEquals(
                List.of(), Audit.run(city.ledger, LogProofs.none(), List.of()).findings());
    }
}
