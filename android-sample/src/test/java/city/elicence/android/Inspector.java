package city.elicence.android;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.mdoc.proximity.BleRetrieval;
import city.elicence.credentials.mdoc.proximity.DeviceEngagement;
import city.elicence.credentials.mdoc.proximity.DeviceRequest;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.mdoc.proximity.HandoverSelect;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.credentials.mdoc.proximity.ReaderSession;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the police: the SDK's other end, whole, in a class loader of its own, since the tests otherwise have what R8 left
 * for a phone. It is spoken to in octets: {@code scan} and {@code touch} begin a session and say which service to look for,
 * {@code ask} and {@code ask-unsigned} give a message to send, {@code verdict} reads what came.
 */
public final class Inspector implements BiFunction<String, byte[], byte[]> {
    private static final String MDL = "org.iso.18013.5.1.mDL";

    private static @Nullable ClassLoader whole;

    private final SoftwareKey key;
    private final CertificateChain chain;
    private final TrustView trust;
    private @Nullable ReaderSession session;

    public Inspector(Map<String, String> given) throws Exception {
        key = SoftwareKey.fromJwk(Json.parseObject(given.getOrDefault("key", "")));
        List<X509Certificate> certificates = new ArrayList<>();
        byte[] pem = given.getOrDefault("chain", "").getBytes(StandardCharsets.US_ASCII);
        CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .forEach(certificate -> certificates.add((X509Certificate) certificate));
        chain = CertificateChain.of(certificates);
        trust = SnapshotJson.open(
                given.getOrDefault("snapshot", ""),
                EcPublicKey.fromJwk(Json.parseObject(given.getOrDefault("signed_by", ""))));
    }

    /** A reader in a world of its own. */
    @SuppressWarnings("unchecked") // It is the class below, loaded once more.
    static BiFunction<String, byte[], byte[]> apart() throws Exception {
        ClassLoader world = whole;
        if (world == null) {
            world = FullReader.whole();
            whole = world;
        }
        return (BiFunction<String, byte[], byte[]>) world.loadClass(Inspector.class.getName())
                .getConstructor(Map.class)
                .newInstance(LiveCity.get().reader());
    }

    @Override
    public byte[] apply(String what, byte[] octets) {
        try {
            return switch (what) {
                case "scan" -> scan(DeviceEngagement.fromQr(text(octets)));
                case "touch" -> touch(HandoverSelect.parse(octets));
                case "ask" ->
                    begun().ask(transcript ->
                            new DeviceRequest(List.of(request(text(octets)).signed(transcript, key, chain))));
                case "ask-unsigned" -> begun().ask(transcript -> new DeviceRequest(List.of(request(text(octets)))));
                case "verdict" -> verdict(octets).getBytes(StandardCharsets.UTF_8);
                default -> throw new IllegalArgumentException(what);
            };
        } catch (ProximityException e) {
            return String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
        }
    }

    private ReaderSession begun() {
        return Objects.requireNonNull(session);
    }

    private byte[] scan(DeviceEngagement engagement) {
        session = ReaderSession.with(engagement);
        return service(BleRetrieval.parse(engagement.retrievalMethods().get(0)).orElseThrow());
    }

    private byte[] touch(HandoverSelect handover) {
        session = ReaderSession.with(handover);
        return service(handover.ble());
    }

    private static byte[] service(BleRetrieval ble) {
        return ble.service().toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Elements between spaces; those that are to be kept with a plus. */
    private static DocumentRequest request(String elements) {
        Map<String, Map<String, Boolean>> wanted = new LinkedHashMap<>();
        for (String element : elements.split(" ", -1)) {
            boolean kept = element.endsWith("+");
            String name = kept ? element.substring(0, element.length() - 1) : element;
            int slash = name.indexOf('/');
            wanted.computeIfAbsent(name.substring(0, slash), space -> new LinkedHashMap<>())
                    .put(name.substring(slash + 1), kept);
        }
        return DocumentRequest.of(MDL, wanted);
    }

    private String verdict(byte[] message) throws ProximityException {
        Presentation shown = Presentation.in(Format.MDOC, begun().open(message).toText());
        return new PresentationVerifier(ReplayGuard.inMemory(10))
                .verify(
                        shown,
                        Expectation.offline()
                                .inSession(begun().transcript(), begun().ephemeralKey())
                                .ofTypes(List.of(MDL)),
                        trust,
                        Instant.now())
                .fold(
                        accepted -> "accepted " + accepted.credential().claims(),
                        refused -> "refused " + refused.refusal() + ": " + refused.detail());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
