package city.elicence.android;

import android.content.Context;
import android.content.SharedPreferences;
import android.util.Log;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.UrlTransport;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is accredited, from a snapshot that the city signed. The key that must have signed it is set by the app's maker (an
 * asset of the signed APK) or by hand, never by the address that the snapshot comes from. Without one, all are strangers.
 */
public final class PhoneTrust {
    /** The answer of a verifier service's {@code /api/trust-snapshot}, as it is. */
    private static final String ASSET = "trust.json";

    private static final String ADDRESS = "address";
    private static final String KEY = "key";
    private static final String SNAPSHOT = "snapshot";

    private final Context context;
    private final SharedPreferences kept;
    private volatile TrustSnapshot current = TrustSnapshot.asOf(Instant.EPOCH).build();

    PhoneTrust(Context context) {
        this.context = context;
        this.kept = context.getSharedPreferences("trust", Context.MODE_PRIVATE);
    }

    public TrustView current() {
        return current;
    }

    public boolean isKnown() {
        return current.asOf().isAfter(Instant.EPOCH);
    }

    public String address() {
        return kept.getString(ADDRESS, "");
    }

    public String key() {
        return kept.getString(KEY, "");
    }

    /** Opens what was kept, or else what the app came with. Called once, before the wallet is used. */
    void open() {
        try {
            String snapshot = kept.getString(SNAPSHOT, null);
            if (snapshot == null) {
                takeAsset();
            } else {
                current = SnapshotJson.open(snapshot, keyOf(key()));
            }
        } catch (JsonException | IOException e) {
            // Nothing is trusted then, and the settings screen says so.
            current = TrustSnapshot.asOf(Instant.EPOCH).build();
        }
    }

    private void takeAsset() throws IOException, JsonException {
        try (InputStream in = context.getAssets().open(ASSET)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                all.write(piece, 0, n);
            }
            Fields asset = Fields.of(Json.parseObject(all.toByteArray()));
            take(asset.string(SNAPSHOT), Json.write(asset.object("signed_by")));
        } catch (FileNotFoundException e) {
            return;
        }
    }

    /** Fetches what is newer from where the last one came from; that it cannot be had now changes nothing. */
    public void refresh() {
        if (!address().isEmpty()) {
            try {
                fetch(address(), key());
            } catch (IOException | JsonException e) {
                Log.i(
                        "elicence",
                        "no newer list of accredited parties: " + e.getClass().getSimpleName());
            }
        }
    }

    /** Fetches a newer snapshot and keeps it with its address and key; what was known stays when this fails. */
    public void fetch(String address, String key) throws IOException, JsonException {
        URI uri = SafeUri.of(address);
        if (uri == null) {
            throw new JsonException("expected an https address");
        }
        HttpReply reply = new UrlTransport().send(new HttpCall("GET", uri, Map.of(), null));
        if (!reply.ok()) {
            throw new IOException("HTTP " + reply.status());
        }
        String body = reply.body().trim();
        String snapshot =
                body.startsWith("{") ? Fields.of(Json.parseObject(body)).string(SNAPSHOT) : body;
        take(snapshot, key);
        kept.edit().putString(ADDRESS, address).apply();
    }

    /** An older snapshot of the same signer would bring back who has been frozen since. */
    private void take(String signed, String key) throws JsonException {
        TrustSnapshot fresh = SnapshotJson.open(signed, keyOf(key));
        if (key.equals(key()) && fresh.asOf().isBefore(current.asOf())) {
            throw new JsonException("as_of: expected no earlier time than that of the list in use");
        }
        kept.edit().putString(SNAPSHOT, signed).putString(KEY, key).apply();
        current = fresh;
    }

    private static EcPublicKey keyOf(@Nullable String jwk) throws JsonException {
        try {
            return EcPublicKey.fromJwk(Json.parseObject(jwk == null ? "" : jwk));
        } catch (JoseException e) {
            throw new JsonException("key: " + e.getMessage(), e);
        }
    }
}
