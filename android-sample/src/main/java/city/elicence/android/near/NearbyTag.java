package city.elicence.android.near;

import android.nfc.cardemulation.HostApduService;
import android.os.Bundle;
import city.elicence.android.WalletApp;
import city.elicence.wallet.proximity.Type4Tag;
import org.jspecify.annotations.Nullable;

/** The phone as an NFC tag while a licence is shown face to face, and none otherwise. Called on the main thread. */
public final class NearbyTag extends HostApduService {
    @Override
    public byte[] processCommandApdu(byte[] command, @Nullable Bundle extras) {
        Type4Tag tag = tag();
        return tag == null ? Type4Tag.nothing() : tag.answer(command);
    }

    @Override
    public void onDeactivated(int reason) {
        Type4Tag tag = tag();
        if (tag != null) {
            tag.left();
        }
    }

    private @Nullable Type4Tag tag() {
        return ((WalletApp) getApplication()).tag();
    }
}
