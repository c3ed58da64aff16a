package city.elicence.wallet.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.offline.KnownChains;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.offline.OfflineException;
import city.elicence.credentials.offline.OfflineFrame;
import city.elicence.credentials.offline.OfflineFrames;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusToken;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardState;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownServer;
import city.elicence.wallet.town.Townsfolk;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Receipts, status, and the code for verifiers with no network")
class UpkeepTest {
    private final Town town = new Town();
    private final StatusList list = StatusList.ofSize(2, 64);
    private final MerkleTree log = new MerkleTree();
    private final List<Long> places = new ArrayList<>();
    private boolean lies;
    private boolean onlyCwt;

    @AfterEach
    void close() {
        town.close();
    }

    private URI listUri() {
        return URI.create(town.issuer.server.base() + "/status/1");
    }

    private void serveStatus(Townsfolk signer) {
        town.issuer.server.at("/status/1", call -> {
            StatusListToken.Terms terms = new StatusListToken.Terms(
                    listUri(),
                    town.clock.instant(),
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    URI.create(town.issuer.server.base() + "/status"));
            if (onlyCwt) {
                byte[] cwt = StatusListCwt.sign(list, terms, signer.key(), signer.chain());
                return TownServer.reply(200, StatusListCwt.MEDIA_TYPE, StatusToken.text(StatusListCwt.MEDIA_TYPE, cwt));
            }
            String token = StatusListToken.sign(
                    list, terms, signer.key(), signer.chain().toX5c());
            return TownServer.reply(200, StatusListToken.MEDIA_TYPE, token);
        });
    }

    private Card withStatus() {
        long[] next = {0};
        town.issuer.claimsTamper = claims -> claims.put(
                "status",
                Map.of("status_list", Map.of("idx", next[0]++, "uri", listUri().toString())));
        return town.licence();
    }

    private CardState state() {
        return town.wallet.cards().get(0).state();
    }

    @Test
    @DisplayName(
            "Token Status List §8.3: revoked and suspended are learnt; of several copies the worst counts; one fetch a"
                    + " list")
    void status() {
        withStatus();
        serveStatus(town.issuer.party);
        assertEquals(1, town.wallet.refreshStatus());
        assertEquals(CardState.VALID, state());
        list.set(2, StatusList.SUSPENDED);
        int before = town.wire.calls().size();
        town.wallet.refreshStatus();
        assertEquals(before + 1, town.wire.calls().size());
        assertEquals(CardState.SUSPENDED, state());
        list.set(1, StatusList.INVALID);
        town.wallet.refreshStatus();
        assertEquals(CardState.REVOKED, state());
        assertEquals(
                Optional.of(town.clock.instant()),
                Optional.ofNullable(town.wallet.cards().get(0).statusAsOf()));
    }

    @Test
    @DisplayName("A status list signed by another party, or by nobody known, changes nothing")
    void statusOfAnother() {
        withStatus();
        list.set(0, StatusList.INVALID);
        Townsfolk other = Townsfolk.named("Other", town.clock.instant());
        serveStatus(other);
        assertEquals(0, town.wallet.refreshStatus());
        town.ledger.mayIssue(other, "other", "https://types.example/other");
        assertEquals(0, town.wallet.refreshStatus());
        assertEquals(CardState.VALID, state());
    }

    @Test
    @DisplayName(
            "Token Status List §8.2: an issuer that gives CWT alone is understood, over real HTTP; another's CWT changes nothing")
    void onlyCwt() {
        onlyCwt = true;
        withStatus();
        list.set(0, StatusList.INVALID);
        Townsfolk other = Townsfolk.named("Other", town.clock.instant());
        town.ledger.mayIssue(other, "other", "https://types.example/other");
        serveStatus(other);
        assertEquals(0, town.wallet.refreshStatus());
        assertEquals(CardState.VALID, state());
        serveStatus(town.issuer.party);
        assertEquals(1, town.wallet.refreshStatus());
        assertEquals(CardState.REVOKED, state());
    }

    @Test
    @DisplayName("A card that ends soon, and one that has ended, say so")
    void period() {
        town.licence();
        town.clock.pass(Duration.ofDays(340));
        assertEquals(CardState.EXPIRES_SOON, state());
        town.clock.pass(Duration.ofDays(30));
        assertEquals(CardState.EXPIRED, state());
    }

    /** Logs what is asked for, and answers with a receipt. */
    private HttpReply receipt(HttpCall call) {
        try {
            byte[] salt = new byte[16];
            byte[] digest = Fields.parse(String.valueOf(call.body())).bytes("digest");
            long place = log.append(LogEntry.of(salt, digest));
            places.add(place);
            Receipt receipt = Receipt.of(town.issuer.party.did().value(), log, place, log.size(), salt);
            if (!lies) {
                town.ledger.anchor(new LogHead(
                        town.issuer.party.did(), log.size(), receipt.root().toBase64Url(), town.clock.instant()));
            }
            return TownServer.json(200, receipt.toJson());
        } catch (JsonException e) {
            return TownServer.json(400, Map.of());
        }
    }

    @Test
    @DisplayName("A receipt counts when its path leads to a head that the ledger has anchored, and not before")
    void receipts() {
        Card card = town.licence();
        assertFalse(card.anchored());
        assertEquals(0, town.wallet.fetchReceipts(), "the issuer has anchored nothing yet");
        town.issuer.server.at("/traffic-police/receipts", this::receipt);
        lies = true;
        assertEquals(0, town.wallet.fetchReceipts());
        assertFalse(town.wallet.cards().get(0).anchored());
        lies = false;
        assertEquals(3, town.wallet.fetchReceipts());
        assertTrue(town.wallet.cards().get(0).anchored());
        int before = town.wire.calls().size();
        assertEquals(0, town.wallet.fetchReceipts());
        assertEquals(before, town.wire.calls().size(), "what is anchored is not asked for again");
    }

    private String scanned(OfflineShowing showing) throws OfflineException {
        OfflineFrames frames = new OfflineFrames();
        for (OfflineFrame frame : showing.frames()) {
            Optional<byte[]> packed = frames.accept(frame.octets());
            if (packed.isPresent()) {
                return OfflineCode.unpack(
                        packed.get(),
                        KnownChains.of(List.of(town.issuer.party.chain().toX5c())));
            }
        }
        throw new AssertionError("not all frames");
    }

    @Test
    @DisplayName("The rotating code is accepted offline for 30 seconds, once; the copy stays the same while it rotates")
    void offline() throws OfflineException {
        Card card = town.licence();
        Set<ClaimPath> claims = Set.of(ClaimPath.parse("family_name"));
        OfflineShowing showing = town.wallet.offlineCode(card.id(), claims).orThrow();
        assertEquals(town.clock.instant().plusSeconds(30), showing.until());
        String presentation = scanned(showing);
        PresentationVerifier inspector = new PresentationVerifier(ReplayGuard.inMemory(10));
        Verdict verdict = inspector.verify(
                Presentation.of(presentation), Expectation.offline(), town.ledger, town.clock.instant());
        assertTrue(verdict.isAccepted(), verdict.toString());
        assertFalse(inspector
                .verify(Presentation.of(presentation), Expectation.offline(), town.ledger, town.clock.instant())
                .isAccepted());
        town.clock.pass(Duration.ofSeconds(31));
        String next = scanned(town.wallet.offlineCode(card.id(), claims).orThrow());
        assertEquals(presentation.substring(0, presentation.indexOf('~')), next.substring(0, next.indexOf('~')));
        assertEquals(2, town.wallet.cards().get(0).freshCopies());
        town.clock.pass(Duration.ofMinutes(2));
        assertFalse(inspector
                .verify(Presentation.of(next), Expectation.offline(), town.ledger, town.clock.instant())
                .isAccepted());
        assertTrue(Town.refusal(town.wallet.offlineCode("no-such-card", claims)).is(Reason.NOT_FOUND));
        assertEquals(2, town.wallet.history().size(), "received, and one showing");
    }
}
