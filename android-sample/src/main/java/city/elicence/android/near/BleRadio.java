package city.elicence.android.near;

import android.Manifest;
import android.bluetooth.BluetoothAdapter;
import android.bluetooth.BluetoothDevice;
import android.bluetooth.BluetoothGatt;
import android.bluetooth.BluetoothGattCharacteristic;
import android.bluetooth.BluetoothGattDescriptor;
import android.bluetooth.BluetoothGattServer;
import android.bluetooth.BluetoothGattServerCallback;
import android.bluetooth.BluetoothGattService;
import android.bluetooth.BluetoothManager;
import android.bluetooth.BluetoothProfile;
import android.bluetooth.BluetoothStatusCodes;
import android.bluetooth.le.AdvertiseCallback;
import android.bluetooth.le.AdvertiseData;
import android.bluetooth.le.AdvertiseSettings;
import android.bluetooth.le.BluetoothLeAdvertiser;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import android.os.ParcelUuid;
import city.elicence.credentials.mdoc.proximity.BleRetrieval;
import city.elicence.wallet.proximity.BlePeripheral;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The platform's GATT server and its advertising, for one session: forwards, and decides nothing. */
final class BleRadio extends BluetoothGattServerCallback implements BlePeripheral.Radio {
    /** Bluetooth's Client Characteristic Configuration, by which a reader subscribes. */
    private static final UUID CONFIGURATION = UUID.fromString("00002902-0000-1000-8000-00805f9b34fb");

    /** How long a reader that had its answer may take to leave by itself, in milliseconds. */
    private static final long FAREWELL = 3000;

    private final Context context;
    private final @Nullable BluetoothManager manager;
    private final Handler main = new Handler(Looper.getMainLooper());
    private final BlePeripheral peripheral = new BlePeripheral(this);
    private final Map<String, BluetoothDevice> devices = new ConcurrentHashMap<>();
    private final AdvertiseCallback advertised = new AdvertiseCallback() {
        @Override
        public void onStartFailure(int code) {
            peripheral.lost();
        }
    };
    private final BroadcastReceiver switched = new BroadcastReceiver() {
        @Override
        public void onReceive(Context where, Intent change) {
            if (!isOn()) {
                peripheral.lost();
            }
        }
    };
    private volatile @Nullable BluetoothGattServer server;
    private volatile boolean stopping;

    BleRadio(Context screen) {
        context = screen.getApplicationContext();
        manager = context.getSystemService(BluetoothManager.class);
    }

    /** What the holder has not yet allowed; before Android 12 there is nothing to allow. */
    static String[] missing(Context context) {
        List<String> missing = new ArrayList<>();
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            for (String permission :
                    new String[] {Manifest.permission.BLUETOOTH_ADVERTISE, Manifest.permission.BLUETOOTH_CONNECT}) {
                if (context.checkSelfPermission(permission) != PackageManager.PERMISSION_GRANTED) {
                    missing.add(permission);
                }
            }
        }
        return missing.toArray(new String[0]);
    }

    boolean isThere() {
        return adapter() != null;
    }

    boolean isOn() {
        BluetoothAdapter adapter = adapter();
        return adapter != null && adapter.isEnabled();
    }

    private @Nullable BluetoothAdapter adapter() {
        return manager == null ? null : manager.getAdapter();
    }

    BlePeripheral peripheral() {
        return peripheral;
    }

    /** Begins to be found; false where this phone cannot. */
    boolean start() {
        BluetoothAdapter adapter = adapter();
        if (manager == null || adapter == null || adapter.getBluetoothLeAdvertiser() == null) {
            return false;
        }
        BluetoothGattServer opened = manager.openGattServer(context, this);
        if (opened == null) {
            return false;
        }
        server = opened;
        context.registerReceiver(switched, new IntentFilter(BluetoothAdapter.ACTION_STATE_CHANGED));
        BluetoothGattService service =
                new BluetoothGattService(peripheral.service(), BluetoothGattService.SERVICE_TYPE_PRIMARY);
        int notify = BluetoothGattCharacteristic.PROPERTY_NOTIFY;
        int write = BluetoothGattCharacteristic.PROPERTY_WRITE_NO_RESPONSE;
        service.addCharacteristic(characteristic(BleRetrieval.STATE, notify | write));
        service.addCharacteristic(characteristic(BleRetrieval.CLIENT_TO_SERVER, write));
        service.addCharacteristic(characteristic(BleRetrieval.SERVER_TO_CLIENT, notify));
        return opened.addService(service);
    }

    private static BluetoothGattCharacteristic characteristic(UUID uuid, int properties) {
        boolean written = (properties & BluetoothGattCharacteristic.PROPERTY_WRITE_NO_RESPONSE) != 0;
        BluetoothGattCharacteristic characteristic = new BluetoothGattCharacteristic(
                uuid, properties, written ? BluetoothGattCharacteristic.PERMISSION_WRITE : 0);
        if ((properties & BluetoothGattCharacteristic.PROPERTY_NOTIFY) != 0) {
            characteristic.addDescriptor(new BluetoothGattDescriptor(
                    CONFIGURATION, BluetoothGattDescriptor.PERMISSION_READ | BluetoothGattDescriptor.PERMISSION_WRITE));
        }
        return characteristic;
    }

    /** Only now that the service is there: who finds the phone looks for it at once. */
    @Override
    public void onServiceAdded(int status, BluetoothGattService service) {
        BluetoothAdapter adapter = adapter();
        BluetoothLeAdvertiser advertiser = adapter == null ? null : adapter.getBluetoothLeAdvertiser();
        if (status != BluetoothGatt.GATT_SUCCESS || advertiser == null) {
            peripheral.lost();
            return;
        }
        advertiser.startAdvertising(
                new AdvertiseSettings.Builder()
                        .setAdvertiseMode(AdvertiseSettings.ADVERTISE_MODE_LOW_LATENCY)
                        .setTxPowerLevel(AdvertiseSettings.ADVERTISE_TX_POWER_MEDIUM)
                        .setConnectable(true)
                        .build(),
                new AdvertiseData.Builder()
                        .addServiceUuid(new ParcelUuid(peripheral.service()))
                        .build(),
                advertised);
    }

    @Override
    public void onConnectionStateChange(BluetoothDevice device, int status, int state) {
        if (state == BluetoothProfile.STATE_CONNECTED) {
            devices.put(device.getAddress(), device);
        } else if (state == BluetoothProfile.STATE_DISCONNECTED) {
            devices.remove(device.getAddress());
            peripheral.gone(device.getAddress());
            if (stopping && devices.isEmpty()) {
                shut();
            }
        }
    }

    @Override
    public void onMtuChanged(BluetoothDevice device, int mtu) {
        peripheral.mtu(device.getAddress(), mtu);
    }

    @Override
    public void onCharacteristicWriteRequest(
            BluetoothDevice device,
            int request,
            BluetoothGattCharacteristic characteristic,
            boolean prepared,
            boolean answer,
            int offset,
            byte[] value) {
        boolean whole = !prepared && offset == 0;
        if (answer) {
            respond(
                    device,
                    request,
                    whole ? BluetoothGatt.GATT_SUCCESS : BluetoothGatt.GATT_REQUEST_NOT_SUPPORTED,
                    value);
        }
        if (whole) {
            peripheral.written(device.getAddress(), characteristic.getUuid(), value);
        }
    }

    /** Whoever is connected is notified, subscribed or not: the reader alone, of what it alone can read. */
    @Override
    public void onDescriptorWriteRequest(
            BluetoothDevice device,
            int request,
            BluetoothGattDescriptor descriptor,
            boolean prepared,
            boolean answer,
            int offset,
            byte[] value) {
        if (answer) {
            respond(device, request, BluetoothGatt.GATT_SUCCESS, value);
        }
    }

    @Override
    public void onDescriptorReadRequest(
            BluetoothDevice device, int request, int offset, BluetoothGattDescriptor descriptor) {
        respond(device, request, BluetoothGatt.GATT_SUCCESS, BluetoothGattDescriptor.DISABLE_NOTIFICATION_VALUE);
    }

    private void respond(BluetoothDevice device, int request, int status, byte[] value) {
        BluetoothGattServer open = server;
        if (open != null) {
            open.sendResponse(device, request, status, 0, value);
        }
    }

    @Override
    public void onNotificationSent(BluetoothDevice device, int status) {
        peripheral.notified(status == BluetoothGatt.GATT_SUCCESS);
    }

    @Override
    public void connected() {
        unadvertise();
    }

    @Override
    public boolean notify(String reader, UUID uuid, byte[] value) {
        BluetoothGattServer open = server;
        BluetoothDevice device = devices.get(reader);
        if (open == null || device == null) {
            return false;
        }
        BluetoothGattService service = open.getService(peripheral.service());
        return service != null && notify(open, device, service.getCharacteristic(uuid), value);
    }

    @SuppressWarnings("deprecation") // The call for Android before 13.
    private static boolean notify(
            BluetoothGattServer open, BluetoothDevice to, BluetoothGattCharacteristic characteristic, byte[] value) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            return open.notifyCharacteristicChanged(to, characteristic, false, value) == BluetoothStatusCodes.SUCCESS;
        }
        characteristic.setValue(value);
        return open.notifyCharacteristicChanged(to, characteristic, false);
    }

    /** A reader is given the time to take what was notified last, and to leave. */
    @Override
    public void stop() {
        stopping = true;
        unadvertise();
        if (devices.isEmpty()) {
            shut();
        } else {
            main.postDelayed(this::shut, FAREWELL);
        }
    }

    private void unadvertise() {
        BluetoothAdapter adapter = adapter();
        BluetoothLeAdvertiser advertiser = adapter == null ? null : adapter.getBluetoothLeAdvertiser();
        if (advertiser != null) {
            advertiser.stopAdvertising(advertised);
        }
    }

    private synchronized void shut() {
        BluetoothGattServer open = server;
        if (open != null) {
            server = null;
            context.unregisterReceiver(switched);
            open.close();
        }
    }
}
