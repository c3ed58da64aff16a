package city.elicence.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.robolectric.Shadows.shadowOf;

import android.bluetooth.BluetoothManager;
import android.bluetooth.le.AdvertiseData;
import android.nfc.cardemulation.HostApduService;
import android.os.ParcelUuid;
import city.elicence.android.cards.CardActivity;
import city.elicence.android.near.NearbyActivity;
import city.elicence.android.near.NearbyTag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;

/** A citizen who shows the mobile driving licence face to face, and an inspector's reader. */
final class Encounter {
    private static final String ISO = "org.iso.18013.5.1/";

    /** What the police may ask for, some of it to be kept. */
    static final String FULL = String.join(
            " ",
            ISO + "document_number+",
            ISO + "sex+",
            ISO + "portrait",
            ISO + "driving_privileges",
            "city.elicence.driving.1/name",
            "city.elicence.driving.1/classes");

    final NearbyActivity screen;
    private final BiFunction<String, byte[], byte[]> inspector;
    private UUID service = new UUID(0, 0);

    /** From the card to the code. */
    Encounter() throws Exception {
        CardActivity card = Pocket.drivingLicence(R.string.near);
        Hand.press(card, R.string.near);
        screen = Hand.open(NearbyActivity.class, shadowOf(card).getNextStartedActivity());
        card.finish();
        Hand.until(screen, "a code", () -> Hand.find(screen, screen.getString(R.string.near_code)) != null);
        inspector = Inspector.apart();
    }

    /** The reader's camera sees the screen; it finds the service that is advertised, and connects. */
    void scan() throws Exception {
        List<byte[]> codes = FullReader.read(Picture.of(screen));
        assertEquals("one code is on the screen", 1, codes.size());
        connect(inspector.apply("scan", codes.get(0)), 185);
    }

    /** The reader touches the phone instead. */
    void touch() {
        HostApduService tag = tag();
        said(tag, "00a4040007d276000085010100");
        said(tag, "00a4000c02e103");
        said(tag, "00a4000c02" + HexFormat.of().formatHex(said(tag, "00b000000f"), 9, 11));
        byte[] size = said(tag, "00b0000002");
        byte[] message = new byte[((size[0] & 0xff) << 8) | (size[1] & 0xff)];
        for (int at = 0; at < message.length; at += 0xff) {
            int length = Math.min(0xff, message.length - at);
            byte[] piece = said(tag, String.format("00b0%04x%02x", at + 2, length));
            System.arraycopy(piece, 0, message, at, length);
        }
        tag.onDeactivated(HostApduService.DEACTIVATION_LINK_LOSS);
        connect(inspector.apply("touch", message), 23);
    }

    static HostApduService tag() {
        return Robolectric.buildService(NearbyTag.class).create().get();
    }

    /** What a command that is done gives. */
    private static byte[] said(HostApduService tag, String command) {
        byte[] answer = tag.processCommandApdu(HexFormat.of().parseHex(command), null);
        assertEquals(command, "9000", HexFormat.of().formatHex(answer, answer.length - 2, answer.length));
        return Arrays.copyOf(answer, answer.length - 2);
    }

    private void connect(byte[] found, int mtu) {
        service = UUID.fromString(new String(found, StandardCharsets.US_ASCII));
        AdvertiseData advertised = shadowOf(RuntimeEnvironment.getApplication()
                        .getSystemService(BluetoothManager.class)
                        .getAdapter()
                        .getBluetoothLeAdvertiser())
                .getLastAdvertisingData();
        assertNotNull("the phone can be found", advertised);
        assertEquals(List.of(new ParcelUuid(service)), advertised.getServiceUuids());
        air().connect(service, mtu);
    }

    static Air air() {
        return Objects.requireNonNull(Air.last);
    }

    void ask(String elements) {
        say(inspector.apply("ask", elements.getBytes(StandardCharsets.US_ASCII)));
    }

    void askUnsigned(String elements) {
        say(inspector.apply("ask-unsigned", elements.getBytes(StandardCharsets.US_ASCII)));
    }

    void say(byte[] message) {
        air().send(service, message);
    }

    /** The reader's judgement of what came; what was wrong with it where it is no answer. */
    String verdict() throws InterruptedException {
        byte[] message = air().messages.poll(20, TimeUnit.SECONDS);
        return message == null
                ? "nothing came"
                : new String(inspector.apply("verdict", message), StandardCharsets.UTF_8);
    }
}
