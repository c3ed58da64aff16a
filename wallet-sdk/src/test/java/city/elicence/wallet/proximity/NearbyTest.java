package city.elicence.wallet.proximity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.proximity.DeviceEngagement;
import city.elicence.credentials.mdoc.proximity.DeviceRequest;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.credentials.mdoc.proximity.ReaderSession;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.town.Inspector;
import city.elicence.wallet.town.Loopback;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ISO/IEC 18013-5 §8 and §9.1 from the QR code's pixels to the verdict: phone and reader, on a wire in memory. */
@DisplayName("ISO/IEC 18013-5: a mobile document shown to a reader that is near")
class NearbyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Town town = new Town();
    private final Inspector police = new Inspector(town);
    private final Loopback wire = new Loopback();

    @AfterEach
    void close() {
        town.close();
    }

    private static String scanned(String text) throws Exception {
        BufferedImage picture = ImageIO.read(
                new ByteArrayInputStream(Qr.encode(text, QrLevel.MEDIUM).png(6)));
        byte[] luma = new byte[picture.getWidth() * picture.getHeight()];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
        }
        return Qr.decode(picture.getWidth(), picture.getHeight(), luma).get(0).text();
    }

    /** The reader scans the phone and asks; signed by the police. */
    private ReaderSession ask(NearbyReader phone, String... elements) throws Exception {
        ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(scanned(phone.qr())));
        wire.toPhone.add(police.ask(reader, elements));
        return reader;
    }

    @Test
    @DisplayName(
            "§8.2.2.3, §9.1.1, §9.1.3, §9.1.4: scanned, asked by an accredited reader, agreed, shown and accepted, with no network")
    void whole() throws Exception {
        NearbyReader phone = town.wallet.engage(wire);
        ReaderSession reader = ask(phone, "family_name", "age_over_18");
        int calls = town.wire.calls().size();
        NearbyConsent consent = town.wallet.readRequest(phone, SOON).orThrow();
        assertEquals(Standing.ACCREDITED, consent.reader().standing());
        assertEquals("City Police", consent.reader().name().en());
        NearbyConsent.Question question = consent.questions().get(0);
        assertEquals(2, question.matches().get(0).disclosed().size());
        Card card = question.matches().get(0).card();
        assertEquals(1, town.wallet.present(consent, Set.of(card.id()), false).orThrow());

        assertEquals(calls, town.wire.calls().size(), "no network");

        DeviceResponse response = reader.open(wire.next());
        assertEquals(
                Map.of(TownIssuer.ISO, Map.of("family_name", "TESTNAME", "age_over_18", true)),
                police.accepted(reader, response));
        assertEquals("City Police", town.wallet.history().get(0).party().en());
        assertEquals(2, town.wallet.cards().get(0).freshCopies());

        // What was shown in this session proves nothing in the next.
        ReaderSession other = ReaderSession.with(
                DeviceEngagement.fromQr(town.wallet.engage(wire).qr()));
        assertEquals(
                Refusal.DEVICE_NOT_AUTHENTICATED,
                police.judged(other, response).fold(a -> Refusal.INTERNAL, Verdict.Refused::refusal));
        assertTrue(Town.refusal(town.wallet.present(consent, Set.of(card.id()), false))
                .is(Reason.REQUEST_REPLAYED));
    }

    @Test
    @DisplayName(
            "§9.1.1.5: a message altered, replayed, or of another session is refused and the session ended with status 10")
    void notOfThisSession() throws Exception {
        NearbyReader phone = town.wallet.engage(wire);
        ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(phone.qr()));
        byte[] message = reader.ask(session -> new DeviceRequest(List.of(Inspector.asking("family_name"))));
        byte[] altered = message.clone();
        altered[20] ^= 1;
        wire.toPhone.add(altered);
        assertTrue(Town.refusal(town.wallet.readRequest(phone, SOON)).is(Reason.REQUEST_NOT_GENUINE));
        ProximityException told = assertThrows(ProximityException.class, () -> reader.open(wire.next()));
        assertTrue(String.valueOf(told.getMessage()).contains("10"), told.getMessage());

        NearbyReader another = town.wallet.engage(wire);
        wire.toPhone.add(message);
        assertTrue(
                Town.refusal(town.wallet.readRequest(another, SOON)).is(Reason.REQUEST_NOT_GENUINE),
                "asked of another engagement");

        NearbyReader third = town.wallet.engage(wire);
        ReaderSession honest = ask(third, "family_name");
        byte[] first = Objects.requireNonNull(wire.toPhone.peek());
        assertTrue(town.wallet.readRequest(third, SOON) instanceof Outcome.Done<NearbyConsent>);
        wire.toPhone.add(first);
        assertTrue(Town.refusal(town.wallet.readRequest(third, SOON)).is(Reason.REQUEST_NOT_GENUINE), "replayed");
        assertEquals(
                ProximityException.Reason.NOT_DECRYPTABLE,
                assertThrows(ProximityException.class, () -> honest.open(first)).reason(),
                "sent back to who sent it");
    }

    @Test
    @DisplayName("§9.1.1.4: what is no session message is refused and told by status 11")
    void malformed() throws Exception {
        NearbyReader phone = town.wallet.engage(wire);
        wire.toPhone.add(new byte[] {1, 2, 3});
        assertTrue(Town.refusal(town.wallet.readRequest(phone, SOON)).is(Reason.REQUEST_UNREADABLE));
        assertEquals(Map.of("status", 11L), Cbor.decode(wire.next()));
    }

    @Test
    @DisplayName("§9.1.4: an accredited reader that asks for more than it may is shown nothing")
    void overAsking() throws Exception {
        NearbyReader phone = town.wallet.engage(wire);
        ask(phone, "portrait");
        assertTrue(Town.refusal(town.wallet.readRequest(phone, SOON)).code().contains("asks-too-much"));
        assertEquals(Map.of("status", 20L), Cbor.decode(wire.next()));
    }

    @Test
    @DisplayName("A reader that does not say who it is gets nothing, unless the holder says so")
    void unsigned() throws Exception {
        NearbyReader phone = town.wallet.engage(wire);
        ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(phone.qr()));
        wire.toPhone.add(reader.ask(session -> new DeviceRequest(List.of(Inspector.asking("family_name")))));
        NearbyConsent consent = town.wallet.readRequest(phone, SOON).orThrow();
        String card = consent.questions().get(0).matches().get(0).card().id();
        assertTrue(
                Town.refusal(town.wallet.present(consent, Set.of(card), false)).is(Reason.VERIFIER_NOT_ACCREDITED));
        assertEquals(1, town.wallet.present(consent, Set.of(card), true).orThrow());
        assertEquals(1, reader.open(wire.next()).documents().size());
    }

    @Test
    @DisplayName("A reader's signature made for another session is nobody's")
    void signatureOfAnotherSession() throws Exception {
        ReaderSession elsewhere = ReaderSession.with(
                DeviceEngagement.fromQr(town.wallet.engage(wire).qr()));
        DocumentRequest stolen = police.signed(elsewhere, "family_name");
        NearbyReader phone = town.wallet.engage(wire);
        ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(phone.qr()));
        wire.toPhone.add(reader.ask(session -> new DeviceRequest(List.of(stolen))));
        NearbyConsent consent = town.wallet.readRequest(phone, SOON).orThrow();
        assertEquals(Standing.STRANGER, consent.reader().standing());
    }

    @Test
    @DisplayName("The holder says no: the session ends and nothing was shown")
    void denied() throws Exception {
        NearbyReader phone = town.wallet.engage(wire);
        ReaderSession reader = ask(phone, "family_name");
        NearbyConsent consent = town.wallet.readRequest(phone, SOON).orThrow();
        town.wallet.deny(consent).orThrow();
        assertEquals(
                ProximityException.Reason.ENDED,
                assertThrows(ProximityException.class, () -> reader.open(wire.next()))
                        .reason());
        assertEquals(3, town.wallet.cards().get(0).freshCopies());
    }
}
