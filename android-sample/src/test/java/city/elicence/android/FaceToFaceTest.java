package city.elicence.android;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.AlertDialog;
import android.bluetooth.BluetoothAdapter;
import android.bluetooth.BluetoothManager;
import android.content.DialogInterface;
import android.content.Intent;
import android.nfc.cardemulation.HostApduService;
import android.os.Looper;
import city.elicence.android.cards.CardActivity;
import city.elicence.android.near.NearbyActivity;
import city.elicence.android.record.HistoryActivity;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlertDialog;

/**
 * ISO/IEC 18013-5 on the app as it ships: a driving licence from the live issuer, shown by code or touch to a reader that is
 * the SDK's other end, over the platform's GATT server as Robolectric has it.
 */
@RunWith(RobolectricTestRunner.class)
@Config(
        qualifiers = "en-rGB-w360dp-h780dp-xhdpi",
        shadows = {Finger.class, Air.class})
public class FaceToFaceTest {
    @Before
    public void fill() throws Exception {
        Finger.touches = true;
        Air.last = null;
        Pocket.open();
    }

    @Test
    public void scannedAskedAgreedShownAndAcceptedWithOneFinger() throws Exception {
        Encounter encounter = new Encounter();
        encounter.scan();
        encounter.ask(Encounter.FULL);
        Hand.reads(encounter.screen, "Demonstration City Police Patrol");
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.accredited));
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_keeps) + "\nLicence number");
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_looks));
        assertFalse(Hand.words(encounter.screen).contains(encounter.screen.getString(R.string.near_unknown)));
        int before = Finger.prompts;
        Hand.press(encounter.screen, R.string.agree);
        Hand.until(encounter.screen, "shown", encounter.screen::isFinishing);
        assertEquals("one finger for one showing", before + 1, Finger.prompts);
        String verdict = encounter.verdict();
        assertTrue(verdict, verdict.startsWith("accepted"));
        assertTrue(verdict, verdict.contains("document_number") && verdict.contains("driving_privileges"));
        assertTrue(verdict, verdict.contains("portrait"));
        assertFalse("nothing that was not asked for", verdict.contains("birth_date"));
        assertTrue("the answer's status has ended it", Encounter.air().states.isEmpty());
        Encounter.air().disconnect();
        assertTrue(Encounter.air().isClosed());
        HistoryActivity history = Hand.open(HistoryActivity.class, new Intent());
        Hand.reads(history, "Demonstration City Police Patrol");
    }

    @Test
    public void touchedInsteadOfScannedAtTheSmallestMtu() throws Exception {
        HostApduService tag = Encounter.tag();
        assertEquals("6a82", answer(tag, "00a4040007d276000085010100"));
        Encounter encounter = new Encounter();
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_touch));
        for (String[] garbage : new String[][] {
            {"", "6700"},
            {"ff", "6700"},
            {"90a40400", "6e00"},
            {"00d6000000", "6d00"},
            {"00b0000002", "6986"},
            {"00a4040007a0000002480400", "6a82"},
            {"00a4000c02e104", "6a82"},
            {"00a40400ff", "6700"}
        }) {
            assertEquals(garbage[0], garbage[1], answer(tag, garbage[0]));
        }
        encounter.touch();
        encounter.ask(Encounter.FULL);
        Hand.press(encounter.screen, R.string.agree);
        Hand.until(encounter.screen, "shown", encounter.screen::isFinishing);
        String verdict = encounter.verdict();
        assertTrue(verdict, verdict.startsWith("accepted"));
        assertEquals("no tag any more", "6a82", answer(tag, "00a4040007d276000085010100"));
    }

    private static String answer(HostApduService tag, String command) {
        return HexFormat.of().formatHex(tag.processCommandApdu(HexFormat.of().parseHex(command), null));
    }

    @Test
    public void aReaderThatDoesNotSayWhoItIsGetsNothingWithoutASecondWord() throws Exception {
        Encounter encounter = new Encounter();
        encounter.scan();
        encounter.askUnsigned(Encounter.FULL);
        Hand.reads(encounter.screen, "a reader that does not say who it is");
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_unknown));
        Hand.press(encounter.screen, R.string.agree);
        assertNull("nothing yet", Encounter.air().messages.peek());
        AlertDialog sure = ShadowAlertDialog.getLatestAlertDialog();
        sure.getButton(DialogInterface.BUTTON_POSITIVE).performClick();
        Hand.until(encounter.screen, "shown", encounter.screen::isFinishing);
        assertTrue(encounter.verdict().startsWith("accepted"));
    }

    @Test
    public void deniedOrWithoutTheFingerNothingLeavesThePhone() throws Exception {
        Encounter denied = new Encounter();
        denied.scan();
        denied.ask(Encounter.FULL);
        int before = Finger.prompts;
        Hand.press(denied.screen, R.string.deny);
        Hand.until(denied.screen, "denied", denied.screen::isFinishing);
        assertEquals(before, Finger.prompts);
        assertEquals("ENDED: status 20", denied.verdict());

        Encounter encounter = new Encounter();
        encounter.scan();
        encounter.ask(Encounter.FULL);
        Finger.touches = false;
        Hand.press(encounter.screen, R.string.agree);
        Hand.reads(encounter.screen, "key-not-released");
        assertNull(Encounter.air().messages.peek());
        assertArrayEquals("told the end", new byte[] {2}, Encounter.air().states.get(0));
    }

    @Test
    public void aMessageOfAnotherSessionIsRefusedAndSoIsWhoAsksForMoreThanItMay() throws Exception {
        Encounter first = new Encounter();
        first.scan();
        first.ask(Encounter.FULL);
        Hand.reads(first.screen, first.screen.getString(R.string.near_keeps));
        Air recorded = Encounter.air();
        byte[] message = recorded.lastSent;
        first.screen.finish();
        Encounter second = new Encounter();
        second.scan();
        second.say(message);
        Hand.reads(second.screen, "request-not-genuine");
        assertEquals("ENDED: status 10", second.verdict());

        Encounter third = new Encounter();
        third.scan();
        third.ask(Encounter.FULL + " org.iso.18013.5.1/family_name");
        Hand.reads(third.screen, "asks-too-much");
        assertEquals("ENDED: status 20", third.verdict());
    }

    @Test
    public void aReaderThatLeavesAndARadioThatIsSwitchedOffAreToldInWords() throws Exception {
        Encounter encounter = new Encounter();
        encounter.scan();
        Encounter.air().disconnect();
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_nobody));
        Hand.press(encounter.screen, R.string.show_again);
        Hand.until(
                "a new code",
                () -> Hand.find(encounter.screen, encounter.screen.getString(R.string.near_code)) != null);
        BluetoothAdapter adapter = adapter();
        shadowOf(adapter).setEnabled(false);
        RuntimeEnvironment.getApplication().sendBroadcast(new Intent(BluetoothAdapter.ACTION_STATE_CHANGED));
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_off));
        assertTrue(Hand.find(encounter.screen, encounter.screen.getString(R.string.near_turn_on)) != null);
        Picture.keep(encounter.screen, "near-off");
    }

    @Test
    public void aReaderThatHangsUpDuringTheAnswerMayHaveSeenIt() throws Exception {
        Encounter encounter = new Encounter();
        encounter.scan();
        encounter.ask(Encounter.FULL);
        Hand.reads(encounter.screen, "Demonstration City Police Patrol");
        Encounter.air().leavesAfter = 2;
        Hand.press(encounter.screen, R.string.agree);
        Hand.reads(encounter.screen, encounter.screen.getString(R.string.near_perhaps));
        assertFalse(Hand.words(encounter.screen).contains(encounter.screen.getString(R.string.near_nobody)));
        HistoryActivity history = Hand.open(HistoryActivity.class, new Intent());
        Hand.reads(history, "Demonstration City Police Patrol");
    }

    @Test
    public void aReaderThatHangsUpAsSoonAsItHasTheAnswerHasSeenIt() throws Exception {
        Encounter encounter = new Encounter();
        encounter.scan();
        encounter.ask(Encounter.FULL);
        Hand.reads(encounter.screen, "Demonstration City Police Patrol");
        Encounter.air().leavesWithTheAnswer = true;
        Hand.press(encounter.screen, R.string.agree);
        Hand.until(encounter.screen, "shown", encounter.screen::isFinishing);
        assertTrue(encounter.verdict().startsWith("accepted"));
    }

    private static BluetoothAdapter adapter() {
        return RuntimeEnvironment.getApplication()
                .getSystemService(BluetoothManager.class)
                .getAdapter();
    }

    @Test
    public void whatIsMissingIsAskedForBeforeAnythingIsAdvertised() throws Exception {
        shadowOf(RuntimeEnvironment.getApplication())
                .denyPermissions(Manifest.permission.BLUETOOTH_ADVERTISE, Manifest.permission.BLUETOOTH_CONNECT);
        CardActivity card = Pocket.drivingLicence(R.string.near);
        Hand.press(card, R.string.near);
        NearbyActivity screen = Hand.open(NearbyActivity.class, shadowOf(card).getNextStartedActivity());
        Hand.reads(screen, screen.getString(R.string.near_why));
        Picture.keep(screen, "near-allow");
        Hand.press(screen, R.string.near_allow);
        assertEquals(2, shadowOf(screen).getLastRequestedPermission().requestedPermissions.length);
        screen.onRequestPermissionsResult(21, new String[0], new int[0]);
        Hand.reads(screen, screen.getString(R.string.near_why));
        assertNull("no radio yet", Air.last);

        shadowOf(RuntimeEnvironment.getApplication())
                .grantPermissions(Manifest.permission.BLUETOOTH_ADVERTISE, Manifest.permission.BLUETOOTH_CONNECT);
        shadowOf(adapter()).setEnabled(false);
        screen.onRequestPermissionsResult(21, new String[0], new int[0]);
        Hand.reads(screen, screen.getString(R.string.near_off));
        Hand.press(screen, R.string.near_turn_on);
        assertEquals(
                BluetoothAdapter.ACTION_REQUEST_ENABLE,
                shadowOf(screen).getNextStartedActivity().getAction());
        assertNull("no radio yet", Air.last);
        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(20));
    }
}
