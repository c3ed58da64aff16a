package city.elicence.android;

import android.bluetooth.BluetoothDevice;
import android.bluetooth.BluetoothGatt;
import android.bluetooth.BluetoothGattCharacteristic;
import android.bluetooth.BluetoothGattDescriptor;
import android.bluetooth.BluetoothGattServer;
import android.bluetooth.BluetoothGattServerCallback;
import android.bluetooth.BluetoothGattService;
import android.bluetooth.BluetoothManager;
import android.bluetooth.BluetoothStatusCodes;
import city.elicence.credentials.mdoc.proximity.BleRetrieval;
import city.elicence.credentials.mdoc.proximity.MessageParts;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowBluetoothGattServer;

/** The platform's GATT server with a reader at its other end, who hears what is notified; Robolectric's own hears nothing. */
@Implements(BluetoothGattServer.class)
public class Air extends ShadowBluetoothGattServer {
    static @Nullable Air last;

    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final List<byte[]> states = new ArrayList<>();
    private final BluetoothDevice reader = RuntimeEnvironment.getApplication()
            .getSystemService(BluetoothManager.class)
            .getAdapter()
            .getRemoteDevice("00:00:5E:00:53:01");
    private final MessageParts parts = new MessageParts();
    byte[] lastSent = {};
    /** After so many parts of an answer the reader is gone; never where it is negative. */
    int leavesAfter = -1;
    /** Gone as soon as it has a whole answer. */
    boolean leavesWithTheAnswer;

    private int mtu = MessageParts.LEAST_MTU;

    @Override
    public void setGattServerCallback(BluetoothGattServerCallback callback) {
        super.setGattServerCallback(callback);
        last = this;
    }

    @Override
    @Implementation
    protected boolean addService(BluetoothGattService service) {
        super.addService(service);
        getGattServerCallback().onServiceAdded(BluetoothGatt.GATT_SUCCESS, service);
        return true;
    }

    @Implementation
    protected int notifyCharacteristicChanged(
            BluetoothDevice device, BluetoothGattCharacteristic characteristic, boolean confirm, byte[] value) {
        if (value.length > mtu - 3) {
            return BluetoothStatusCodes.ERROR_UNKNOWN;
        }
        if (!characteristic.getUuid().equals(BleRetrieval.STATE) && leavesAfter >= 0 && leavesAfter-- == 0) {
            disconnect();
            return BluetoothStatusCodes.ERROR_DEVICE_NOT_CONNECTED;
        }
        try {
            if (characteristic.getUuid().equals(BleRetrieval.STATE)) {
                states.add(value);
            } else {
                byte[] message = parts.add(value);
                if (message != null) {
                    messages.add(message);
                }
            }
        } catch (ProximityException e) {
            return BluetoothStatusCodes.ERROR_UNKNOWN;
        }
        getGattServerCallback().onNotificationSent(device, BluetoothGatt.GATT_SUCCESS);
        if (leavesWithTheAnswer && !messages.isEmpty()) {
            disconnect();
        }
        return BluetoothStatusCodes.SUCCESS;
    }

    /** Connects, agrees on an MTU, subscribes and says that it is ready, as ISO/IEC 18013-5 section 8.3.3.1.1.5 has it. */
    void connect(UUID service, int agreed) {
        notifyConnection(reader);
        mtu = agreed;
        getGattServerCallback().onMtuChanged(reader, agreed);
        for (UUID uuid : new UUID[] {BleRetrieval.STATE, BleRetrieval.SERVER_TO_CLIENT}) {
            BluetoothGattDescriptor configuration =
                    characteristic(service, uuid).getDescriptors().get(0);
            getGattServerCallback()
                    .onDescriptorWriteRequest(
                            reader,
                            1,
                            configuration,
                            false,
                            false,
                            0,
                            BluetoothGattDescriptor.ENABLE_NOTIFICATION_VALUE);
        }
        write(service, BleRetrieval.STATE, new byte[] {BleRetrieval.START});
    }

    void send(UUID service, byte[] message) {
        lastSent = message;
        for (byte[] part : MessageParts.of(message, mtu)) {
            write(service, BleRetrieval.CLIENT_TO_SERVER, part);
        }
    }

    void disconnect() {
        notifyDisconnection(reader);
    }

    private void write(UUID service, UUID uuid, byte[] value) {
        if (!notifyOnCharacteristicWriteRequest(reader, 1, characteristic(service, uuid), false, false, 0, value)) {
            throw new AssertionError("cannot be written: " + uuid);
        }
    }

    private BluetoothGattCharacteristic characteristic(UUID service, UUID uuid) {
        return getService(service).getCharacteristic(uuid);
    }
}
