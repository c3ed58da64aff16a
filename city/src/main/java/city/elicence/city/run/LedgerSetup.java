package city.elicence.city.run;

import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Evidence;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.catalogue.Mdoc;
import city.elicence.credentials.did.DidDocument;
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
import city.elicence.ledger.view.LedgerView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Puts on the ledger what the catalogue and the list of parties say: who exists, who may issue and ask for what, which types
 * there are. Reads first and writes only what is missing or differs, so it can run at every start.
 */
public final class LedgerSetup {
    private final Ledger ledger;
    private final LedgerView known;
    private final LedgerSigner authority;
    private final Catalogue catalogue;
    private final String typeBase;
    private final URI companies;
    private final Instant now;

    /**
     * A setup by an authority.
     *
     * @param known what the ledger is known to hold already
     * @param issuers base address of the issuers, under which the types' {@code vct} are served
     * @param companies base address of the company wallet, which serves the log of the provider of wallets
     */
    public LedgerSetup(
            Ledger ledger,
            LedgerView known,
            LedgerSigner authority,
            Catalogue catalogue,
            URI issuers,
            URI companies,
            Instant now) {
        this.ledger = ledger;
        this.known = known;
        this.authority = authority;
        this.catalogue = catalogue;
        this.typeBase = issuers.toString();
        this.companies = companies;
        this.now = now;
    }

    /** What was found missing, and written. */
    public record Written(int parties, int keys, int accreditations, int types) {
        /** Nothing was missing. */
        public boolean nothing() {
            return parties + keys + accreditations + types == 0;
        }
    }

    /**
     * Writes what is missing, side by side: a ledger answers many writes in the time of one.
     *
     * @throws LedgerException when the ledger refuses a write or does not answer
     */
    public Written run(List<Party> parties) throws LedgerException {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger keys = new AtomicInteger();
        AtomicInteger accredited = new AtomicInteger();
        AtomicInteger published = new AtomicInteger();
        List<Write> writes = new ArrayList<>();
        for (Party party : parties) {
            writes.add(() -> {
                Accreditation before = known.accreditation(party.did()).orElse(null);
                Accreditation wanted = accreditation(party, before);
                if (before == null && ledger.resolve(party.did()).isEmpty()) {
                    expect(ledger.publishDid(party.did(), party.ledgerKey().verkey(), LedgerRole.ENDORSER, authority));
                    made.incrementAndGet();
                }
                DidDocument document = documentOf(party, wanted);
                if (!ledger.document(party.did()).equals(Optional.of(document))) {
                    expect(ledger.publishDocument(document, party.ledgerKey()));
                    keys.incrementAndGet();
                }
                if (!wanted.equals(before)) {
                    expect(ledger.accredit(wanted, authority));
                    accredited.incrementAndGet();
                }
            });
        }
        for (CredentialType type : catalogue.types()) {
            for (Format format : type.formats()) {
                Mdoc mdoc = format == Format.MDOC ? type.mdoc() : null;
                TypeRecord record = new TypeRecord(
                        format.named(type.id()),
                        type.version(),
                        mdoc == null ? type.vct(typeBase) : mdoc.doctype(),
                        type.digest());
                if (!known.type(record.vct()).map(record::equals).orElse(false)) {
                    writes.add(() -> {
                        expect(ledger.publishType(record, mdoc == null ? names(type) : names(mdoc), authority));
                        published.incrementAndGet();
                    });
                }
            }
        }
        allOf(writes);
        return new Written(made.get(), keys.get(), accredited.get(), published.get());
    }

    private interface Write {
        void run() throws LedgerException;
    }

    private static void allOf(List<Write> writes) throws LedgerException {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Write write : writes) {
                running.add(writers.submit(() -> {
                    write.run();
                    return null;
                }));
            }
        }
        for (Future<?> each : running) {
            if (each.state() == Future.State.FAILED) {
                Throwable cause = each.exceptionNow();
                throw cause instanceof LedgerException failed
                        ? failed
                        : new LedgerException(LedgerException.Reason.UNUSABLE, "a write could not be made", cause);
            }
        }
    }

    private static Set<String> names(CredentialType type) {
        Set<String> names = new TreeSet<>();
        for (Claim claim : type.claims()) {
            names.add(claim.name());
        }
        return names;
    }

    private static Set<String> names(Mdoc mdoc) {
        Set<String> names = new TreeSet<>();
        mdoc.namespaces().values().forEach(elements -> elements.forEach(element -> names.add(element.name())));
        return names;
    }

    /** Grants follow from roles; a grant that is on the ledger keeps its beginning and its end. */
    private Accreditation accreditation(Party party, @Nullable Accreditation known) {
        List<Grant> issues = new ArrayList<>();
        List<AskGrant> asks = new ArrayList<>();
        for (CredentialType type : catalogue.types()) {
            if (type.issuers().stream().anyMatch(party.roles()::contains)) {
                for (Format format : type.formats()) {
                    String id = format.named(type.id());
                    Period period = known == null ? Period.from(since()) : issuePeriod(known, id);
                    issues.add(new Grant(id, period));
                }
                asks.addAll(evidenceFor(type, known));
            }
            for (CredentialType.Ask ask : type.asks()) {
                if (ask.roles().stream().anyMatch(party.roles()::contains)) {
                    for (Format format : type.formats()) {
                        Mdoc mdoc = format == Format.MDOC ? type.mdoc() : null;
                        String id = format.named(type.id());
                        asks.add(new AskGrant(
                                id,
                                mdoc == null ? ask.claims() : mdoc.elementsFor(ask.claims()),
                                known == null ? Period.from(since()) : askPeriod(known, id)));
                    }
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
        if (party.roles().contains("wallet-provider")) {
            roles.add(Role.WALLET_PROVIDER);
        }
        return new Accreditation(
                party.did(),
                party.names(),
                roles,
                party.anchors(),
                issues,
                asks,
                known == null ? null : known.frozenSince());
    }

    /**
     * Who may ask publishes the key that it signs requests by: OpenID4VP 1.0 §5.9.3, {@code decentralized_identifier}. The provider of wallets
     * says where its log is.
     */
    private DidDocument documentOf(Party party, Accreditation accreditation) {
        DidDocument keys = DidDocument.of(
                party.did(),
                accreditation.roles().contains(Role.VERIFIER)
                        ? List.of(party.signingKey().publicKey())
                        : List.of());
        return accreditation.roles().contains(Role.WALLET_PROVIDER) ? keys.withLog(companies) : keys;
    }

    /** Who may issue a type may ask for what the type requires. */
    private List<AskGrant> evidenceFor(CredentialType type, @Nullable Accreditation known) {
        List<AskGrant> asks = new ArrayList<>();
        Evidence required = type.requires();
        if (required != null) {
            required.claimsByType()
                    .forEach((id, claims) -> asks.add(
                            new AskGrant(id, claims, known == null ? Period.from(since()) : askPeriod(known, id))));
        }
        return asks;
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
