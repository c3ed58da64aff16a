package city.elicence.android.keys;

import city.elicence.wallet.port.KeyStore.KeyNotReleased;
import java.security.Signature;

/** Asks the holder to confirm with finger, face or the code of the lock. Called away from the main thread; both wait. */
public interface Presence {
    /**
     * Has this one signature confirmed. The platform itself ties the two: a signature that was not part of the prompt
     * does not sign.
     *
     * @throws KeyNotReleased when the holder did not
     */
    void confirm(Signature begun);

    /**
     * Has the phone's lock confirmed, which opens keys for some seconds: before Android 11 there is no other way that
     * takes a code as well as a finger.
     *
     * @throws KeyNotReleased when the holder did not
     */
    void unlock();
}
