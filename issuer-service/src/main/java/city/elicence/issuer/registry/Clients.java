package city.elicence.issuer.registry;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.store.Store;
import java.time.Instant;

/** Clients that authenticate by a registered key ({@code private_key_jwt}). */
public final class Clients {
    private static final int MAX_ID = 512;

    private final Store store;

    public Clients(Store store) {
        this.store = store;
    }

    /** Registers a client, or gives it another key. */
    public void register(String id, EcPublicKey key, Instant now) {
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new IllegalArgumentException("client_id: expected 1 to " + MAX_ID + " characters");
        }
        store.direct().change("""
            insert into client (id, jwk, registered_at) values ($1, $2, $3)
            on conflict (id) do update set jwk = excluded.jwk
            """, id, Json.write(key.toJwk()), now);
    }
}
