package city.elicence.city.run;

import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts on the ledger what the catalogue and the list of parties say: who exists, who may issue and ask for what, which types
 * there are. Reads first and writes only what is missing or differs, so it can run at every start.
 */
public final class LedgerSetup {
    private final Ledger ledger;
    private final LedgerSigner authority;
    private final Catalogue catalogue;
    private final String typeBase;
    private final Instant now;

    /**
     * A setup by an authority.
     *
     * @param typeBase base address under which the types' {@code vct} are served
     */
    public LedgerSetup(Ledger ledger, LedgerSigner authority, Catalogue catalogue, String typeBase, Instant now) {
        this.ledger = ledger;
        this.authority = authority;
        this.catalogue = catalogue;
        this.typeBase = typeBase;
        this.now = now;
    }

    /** What was found and written. */
    public record Written(int parties, int accreditations, int types) {
        /** Nothing was missing. */
        public boolean nothing() {
            return parties + accreditations + types == 0;
        }
    }

    /**
     * Writes what is missing.
     *
     * @throws LedgerException when the ledger refuses a write or does not answer
     */
    public Written run(List<Party> parties) throws LedgerException {
        int made = 0;
        int accredited = 0;
        for (Party party : parties) {
            if (ledger.resolve(party.did()).isEmpty()) {
                expect(ledger.publishDid(party.did(), party.ledgerKey().verkey(), LedgerRole.ENDORSER, authority));
                made++;
            }
            if (accredit(party)) {
                accredited++;
            }
        }
        return new Written(made, accredited, publishTypes(catalogue.types()));
    }

    /** Publishes the types whose version or digest the ledger does not have. */
    public int publishTypes(Collection<CredentialType> types) throws LedgerException {
        int published = 0;
        for (CredentialType type : types) {
            TypeRecord record = new TypeRecord(type.id(), type.version(), type.vct(typeBase), type.digest());
            if (!ledger.type(type.id()).map(record::equals).orElse(false)) {
                Set<String> names = new TreeSet<>();
                for (Claim claim : type.claims()) {
                    names.add(claim.name());
                }
                expect(ledger.publishType(record, names, authority));
                published++;
            }
        }
        return published;
    }

    private boolean accredit(Party party) throws LedgerException {
        Accreditation known = ledger.accreditation(party.did()).orElse(null);
        Accreditation wanted = accreditation(party, known);
        if (wanted.equals(known)) {
            return false;
        }
        expect(ledger.accredit(wanted, authority));
        return true;
    }

    /** Grants follow from roles; a grant that is on the ledger keeps its beginning and its end. */
    private Accreditation accreditation(Party party, @Nullable Accreditation known) {
        List<Grant> issues = new ArrayList<>();
        List<AskGrant> asks = new ArrayList<>();
        for (CredentialType type : catalogue.types()) {
            if (type.issuers().stream().anyMatch(party.roles()::contains)) {
                Period period = known == null ? Period.from(since()) : issuePeriod(known, type.id());
                issues.add(new Grant(type.id(), period));
            }
            for (CredentialType.Ask ask : type.asks()) {
                if (ask.roles().stream().anyMatch(party.roles()::contains)) {
                    asks.add(new AskGrant(
                            type.id(),
                            ask.claims(),
                            known == null ? Period.from(since()) : askPeriod(known, type.id())));
                }
            }
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (!issues.isEmpty()) {
            roles.add(Role.ISSUER);
        }
        if (!asks.isEmpty()) {
            roles.add(Role.VERIFIER);
        }
        return new Accreditation(
                party.did(),
                party.names(),
                roles,
                List.of(party.anchor()),
                issues,
                asks,
                known == null ? null : known.frozenSince());
    }

    /** Issuers blur times of issue backwards, so that copies of one batch cannot be matched: a grant begins the day before. */
    private Instant since() {
        return now.minus(Duration.ofDays(1));
    }

    private Period issuePeriod(Accreditation known, String type) {
        return known.issues().stream()
                .filter(grant -> grant.type().equals(type))
                .map(Grant::period)
                .findFirst()
                .orElseGet(() -> Period.from(since()));
    }

    private Period askPeriod(Accreditation known, String type) {
        return known.asks().stream()
                .filter(grant -> grant.type().equals(type))
                .map(AskGrant::period)
                .findFirst()
                .orElseGet(() -> Period.from(since()));
    }

    private static void expect(WriteOutcome outcome) throws LedgerException {
        switch (outcome) {
            case WriteOutcome.Done done -> {}
            case WriteOutcome.Refused refused ->
                throw new LedgerException(
                        LedgerException.Reason.REFUSED, "the ledger refused a write: " + refused.reason());
            case WriteOutcome.Unknown unknown ->
                throw new LedgerException(
                        LedgerException.Reason.UNREACHABLE, "the ledger did not answer a write: " + unknown.reason());
        }
    }
}
