package city.elicence.issuer.registry;

import city.elicence.credentials.catalogue.ClaimProblem;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.web.vault.Vault;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What an authority knows of people, from which a citizen gets a licence without a clerk. Sealed, found by the subject's number. */
public final class CitizenRegister {
    private final Store store;
    private final Vault vault;
    private final TypeShelf types;
    private final IssuerSettings settings;

    public CitizenRegister(Store store, Vault vault, TypeShelf types, IssuerSettings settings) {
        this.store = store;
        this.vault = vault;
        this.types = types;
        this.settings = settings;
    }

    /** Enters, or replaces, what is known for one type about the one whom the claims are about. */
    public void enter(Tenant tenant, String typeId, Map<String, Object> claims, Instant now) {
        CredentialType type = types.issuedBy(tenant.roles()).stream()
                .filter(t -> t.id().equals(typeId))
                .findFirst()
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.INVALID_REQUEST, "type: expected one that this authority issues"));
        List<ClaimProblem> wrong = type.check(claims, LocalDate.ofInstant(now, settings.zone())).stream()
                .filter(problem -> !problem.warning())
                .toList();
        if (!wrong.isEmpty()) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.INVALID_CLAIMS,
                    "some fields are not as they must be: " + wrong.getFirst().path());
        }
        byte[] citizen = vault.blind(tenant.id(), number(type, claims));
        String place = tenant.id() + "/register/" + typeId;
        store.direct().change("""
            insert into register_entry (tenant, type_id, citizen, claims, at) values ($1, $2, $3, $4, $5)
            on conflict (tenant, type_id, citizen) do update set claims = excluded.claims, at = excluded.at
            """, tenant.id(), typeId, citizen, vault.seal(place, Json.write(claims)), now);
    }

    private static String number(CredentialType type, Map<String, Object> claims) {
        ClaimPath subject = type.subject();
        if (subject != null
                && !subject.select(claims).isEmpty()
                && subject.select(claims).getFirst() instanceof String number) {
            return number;
        }
        throw Refused.desk(
                Problem.Desk.DeskCode.INVALID_REQUEST,
                "claims: expected the subject's number, which the entry is found by");
    }
}
