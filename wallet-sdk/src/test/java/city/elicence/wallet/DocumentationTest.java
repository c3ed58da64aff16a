package city.elicence.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.proximity.DeviceEngagement;
import city.elicence.credentials.mdoc.proximity.DeviceRequest;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.credentials.mdoc.proximity.ReaderSession;
import city.elicence.credentials.offline.OfflineFrame;
import city.elicence.credentials.trust.TrustView;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.port.ProximityTransport;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.present.Presented;
import city.elicence.wallet.proximity.NearbyConsent;
import city.elicence.wallet.proximity.NearbyReader;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.PendingReceipt;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.FileStoreKey;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.StoredKeys;
import city.elicence.wallet.town.Loopback;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownVerifier;
import city.elicence.wallet.town.Townsfolk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/wallet-sdk.md")
class DocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of(System.getProperty("elicence.root", ".."));

    private final Town town = new Town();
    private final List<String> drawn = new ArrayList<>();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    @DisplayName("Each block of code stands in this very test, which is compiled and run")
    void compiled() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/wallet-sdk.md"));
        String source = spaceless(
                Files.readString(ROOT.resolve("wallet-sdk/src/test/java/city/elicence/wallet/DocumentationTest.java")));
        Matcher blocks = BLOCK.matcher(page);
        int found = 0;
        while (blocks.find()) {
            assertTrue(source.contains(spaceless(blocks.group(1))), blocks.group(1));
            found++;
        }
        assertEquals(8, found);
    }

    private static String spaceless(String code) {
        return code.replaceAll("\\s", "");
    }

    @Test
    @DisplayName("What it says can be done, from the first line to the last")
    void run(@TempDir Path folder) throws IOException {
        Wallet built = build(folder, town.ledger);
        assertEquals(List.of(), built.cards());
        Wallet wallet = town.wallet;
        String scanned = TownIssuer.link(town.issuer.offer());
        assertEquals("City Traffic Police offers Driving licence", preview(wallet, scanned));
        receive(wallet, wallet.readOffer(scanned).orThrow());
        goOn(wallet);
        Card card = wallet.cards().get(0);
        TownVerifier bank = new TownVerifier(Townsfolk.named("Bank", town.clock.instant()));
        try (bank) {
            town.ledger.mayAsk(bank.party, "driving-licence", "family_name");
            assertNotNull(present(wallet, bank.link(true)));
        }
        offline(wallet, card);
        keep(wallet);
        assertFalse(drawn.isEmpty());
    }

    @Test
    @DisplayName("What it says of a reader that is near")
    void near() throws Exception {
        town.issuer.mdoc = true;
        Townsfolk police = Townsfolk.named("Police", town.clock.instant());
        town.ledger.mayIssue(town.issuer.party, "driving-licence.mdoc", TownIssuer.MDL);
        town.ledger.mayAskElements(police, "driving-licence.mdoc", TownIssuer.ISO, "family_name");
        town.licence();
        assertEquals(1, near(town.wallet, new AskingReader(police)));
    }

    /** A reader that asks as soon as the phone listens: its radio gave it the QR code's text. */
    private final class AskingReader implements ProximityTransport {
        private final Loopback radio = new Loopback();
        private final Townsfolk police;

        AskingReader(Townsfolk police) {
            this.police = police;
        }

        @Override
        public byte[] retrievalMethod() {
            return radio.retrievalMethod();
        }

        @Override
        public byte[] receive(Duration within) throws IOException {
            try {
                ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(drawn.get(drawn.size() - 1)));
                DocumentRequest request =
                        DocumentRequest.of(TownIssuer.MDL, Map.of(TownIssuer.ISO, Map.of("family_name", false)));
                return reader.ask(
                        session -> new DeviceRequest(List.of(request.signed(session, police.key(), police.chain()))));
            } catch (ProximityException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void send(byte[] message) {
            radio.send(message);
        }

        @Override
        public void close() {}
    }

    private int near(Wallet wallet, ProximityTransport transport) {
        NearbyReader reader = wallet.engage(transport);
        draw(reader.qr());
        NearbyConsent near = wallet.readRequest(reader, Duration.ofMinutes(1)).orThrow();
        Card shown = near.questions().get(0).matches().get(0).card();
        int documents = wallet.present(near, Set.of(shown.id()), false).orThrow();
        return documents;
    }

    private static Wallet build(Path folder, TrustView trust) throws IOException {
        EncryptedFileStore store = new EncryptedFileStore(folder, FileStoreKey.at(folder.resolve("store.key")));
        Wallet wallet = new Wallet(WalletParts.of(new StoredKeys(store), store, () -> trust));
        return wallet;
    }

    private static String preview(Wallet wallet, String scanned) {
        Outcome<OfferPreview> read = wallet.readOffer(scanned);
        String ask = read.fold(
                offer -> offer.issuer().name().en() + " offers "
                        + offer.licences().get(0).name().en(),
                refusal -> refusal.sentence().en() + " " + refusal.nextStep().en());
        return ask;
    }

    private void receive(Wallet wallet, OfferPreview offer) {
        Receiving receiving = wallet.accept(offer, null).orThrow();
        if (receiving instanceof Receiving.Received received) {
            show(received.cards());
        } else if (receiving instanceof Receiving.SignInNeeded signIn) {
            open(signIn.page());
        }
    }

    private static void goOn(Wallet wallet) {
        for (PendingReceipt pending : wallet.pending()) {
            wallet.resume(pending.id())
                    .fold(done -> "", refusal -> refusal.sentence().zh());
        }
    }

    private URI present(Wallet wallet, String scanned) {
        Consent consent = wallet.readRequest(scanned).orThrow();
        for (Consent.Question question : consent.questions()) {
            for (Consent.Match match : question.matches()) {
                ask(consent.verifier().name(), match.card(), match.disclosed());
            }
        }
        Presented presented = wallet.present(consent, consent.suggested()).orThrow();
        URI page = presented.follow();
        assertNotNull(page);
        return page;
    }

    private void offline(Wallet wallet, Card card) {
        OfflineShowing showing = wallet.offlineCode(card.id(), Set.of(ClaimPath.parse("family_name")))
                .orThrow();
        for (OfflineFrame frame : showing.frames()) {
            draw(frame.octets());
        }
    }

    private static void keep(Wallet wallet) {
        int receipts = wallet.fetchReceipts();
        int learnt = wallet.refreshStatus();
        List<Card> cards = wallet.cards();
        List<HistoryEntry> history = wallet.history();
        assertEquals(0, receipts + learnt);
        assertEquals(1, cards.size());
        assertEquals(3, history.size());
    }

    private void show(List<Card> cards) {
        drawn.add(cards.get(0).id());
    }

    private void open(URI page) {
        drawn.add(page.toString());
    }

    private void ask(Words who, Card card, List<CardClaim> disclosed) {
        drawn.add(who.en() + card.id() + disclosed.size());
    }

    private void draw(String text) {
        drawn.add(text);
    }

    private void draw(byte[] octets) {
        drawn.add(octets.length + " octets");
    }
}
