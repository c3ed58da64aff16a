package city.elicence.issuer.issue;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Hears what became of credentials (OpenID4VCI 1.0 §11), and then forgets our copy of them. */
public final class NotificationDesk {
    private static final Set<String> EVENTS = Set.of("credential_accepted", "credential_failure", "credential_deleted");

    private final Store store;

    public NotificationDesk(Store store) {
        this.store = store;
    }

    /** Idempotent (§11): told twice, it answers the same. */
    public void hear(Tenant tenant, Access access, Map<String, Object> json, Instant now) {
        String id;
        String event;
        try {
            Fields fields = Fields.of(json);
            id = fields.string("notification_id");
            event = fields.string("event");
            fields.optString("event_description");
        } catch (JsonException malformed) {
            throw Refused.credential(
                    CredentialCode.INVALID_NOTIFICATION_REQUEST, String.valueOf(malformed.getMessage()));
        }
        if (!EVENTS.contains(event)) {
            throw Refused.credential(
                    CredentialCode.INVALID_NOTIFICATION_REQUEST, "event: expected one of " + String.join(", ", EVENTS));
        }
        store.inTransaction(rows -> {
            int known = rows.change(
                    "update issuance set event = $4, event_at = $5 where id = $1 and tenant = $2 and grant_id = $3",
                    id,
                    tenant.id(),
                    access.grant(),
                    event,
                    now);
            if (known == 0) {
                throw Refused.credential(
                        CredentialCode.INVALID_NOTIFICATION_ID,
                        "notification_id: expected one that this access came with");
            }
            if (event.equals("credential_accepted")) {
                rows.change("update copy set sealed = null where issuance_id = $1", id);
            }
        });
    }

    /** Forgets copies that no token can ask for any more. */
    public static int sweep(Rows rows, Instant now) {
        return rows.change("""
                update copy c set sealed = null from issuance i
                where c.issuance_id = i.id and c.sealed is not null
                    and not exists (select 1 from access_token t where t.token = i.access_token and t.expires_at > $1)
                """, now);
    }
}
