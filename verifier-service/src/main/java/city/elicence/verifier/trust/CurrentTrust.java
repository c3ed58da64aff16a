package city.elicence.verifier.trust;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.offline.KnownChains;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.VerifiedCredential;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.ledger.view.LedgerView;
import city.elicence.ledger.view.TrustFollower;
import city.elicence.verifier.VerifierSettings;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** What this verifier knows now: the ledger as its follower has it, and the status lists. */
public final class CurrentTrust implements AutoCloseable {
    /** Refusals that say "fetch the list": by the order of the checks, issuer and holder are verified by then. */
    private static final Set<Refusal> FETCH_AND_TRY_AGAIN =
            EnumSet.of(Refusal.STATUS_UNAVAILABLE, Refusal.STATUS_TOO_OLD, Refusal.STATUS_ROLLED_BACK);

    private final TrustFollower follower;
    private final BoundedFetch fetch;
    private final IssuerChains chains;
    private final PinnedTestCertificates pins;
    private final StatusLists statusLists;
    private final Suites suites;
    private final CompanyLists companyLists;

    private CurrentTrust(
            TrustFollower follower, BoundedFetch fetch, Pool pool, VerifierSettings settings, Clock clock) {
        this.follower = follower;
        this.fetch = fetch;
        this.chains = new IssuerChains(pool, clock);
        this.pins = new PinnedTestCertificates(pool, clock);
        this.suites = settings.suites();
        this.statusLists = new StatusLists(fetch, pool, this::view, chains, settings, clock);
        this.companyLists = new CompanyLists(fetch, clock);
    }

    /** Trust over a follower of the ledger, with status lists of its own. */
    public static CurrentTrust over(
            Vertx vertx, TrustFollower follower, Pool pool, VerifierSettings settings, Clock clock) {
        return new CurrentTrust(follower, new BoundedFetch(vertx, settings.plainHttpAllowed()), pool, settings, clock);
    }

    /** By which issuers and holders may have signed. */
    public Suites suites() {
        return suites;
    }

    /** Starts from what was known at the last stop. */
    public void restore() {
        pins.restore();
        chains.restore();
        statusLists.restore();
    }

    /** Fetches, before anyone waits for them, the lists that accredited issuers anchored and those already known. */
    public void prefetch() {
        anchoredLists().forEach(statusLists::fetchIfOutdated);
        statusLists.all().keySet().forEach(statusLists::fetchIfOutdated);
    }

    /** Fetches lists of which the ledger has just got a new version. */
    public void fetchNewlyAnchored() {
        anchoredLists().forEach(statusLists::fetchIfBehindLedger);
    }

    /** A signed copy of all this, for a device that will have no network. */
    public TrustSnapshot snapshot() {
        return Snapshots.take(follower.view(), statusLists.all().values());
    }

    /** The exceptions that an administrator made. */
    public PinnedTestCertificates pins() {
        return pins;
    }

    /** Issuers' certificates, for putting offline codes together again. */
    public KnownChains issuerChains() {
        return chains;
    }

    /** Remembers the certificates of a credential's issuer. */
    public void learnChain(VerifiedCredential credential) {
        chains.learn(credential.issuer().did(), credential.issuer().chain().toX5c());
    }

    /** Addresses that accredited issuers wrote to the ledger themselves: nobody else can make us fetch. */
    private Set<URI> anchoredLists() {
        LedgerView view = follower.view();
        Set<URI> lists = new LinkedHashSet<>();
        for (Accreditation party : view.accreditations()) {
            if (party.roles().contains(Role.ISSUER)) {
                lists.addAll(view.statusLists(party.did()));
            }
        }
        return lists;
    }

    @Override
    public void close() {
        fetch.close();
    }

    /** A view that answers from memory. */
    public TrustView view() {
        TrustView ledger = follower.view().trust(statusLists::known, List.of());
        List<PinnedTestCertificates.Pin> pinned = pins.all();
        return pinned.isEmpty() ? ledger : new TrustWithTestPins(ledger, pinned);
    }

    /**
     * Verifies with status lists that are as fresh as they can be had. A list is fetched only when what names it has passed the
     * checks before the status check, or had passed them when the list was first fetched.
     *
     * @param verify given a view, and the lists of companies, which it checks by the company's key
     */
    public Verdict withFreshStatus(Presentation presentation, BiFunction<TrustView, List<String>, Verdict> verify) {
        NamedLists named = NamedLists.in(presentation);
        named.ofIssuers().stream()
                .filter(list -> statusLists.known(list).isPresent() && statusLists.isOutdated(list))
                .forEach(statusLists::fetchFromVerifiedAddress);
        named.ofCompanies().stream()
                .filter(list -> companyLists.isKnown(list) && companyLists.isOutdated(list))
                .forEach(companyLists::fetchFromVerifiedAddress);
        Verdict verdict = verify.apply(view(), companyLists.tokens(named.ofCompanies()));
        if (wantsLists(verdict)
                && named.ofIssuers().stream().anyMatch(list -> isWanted(list, named))
                && named.ofIssuers().stream().allMatch(statusLists::fetchFromVerifiedAddress)) {
            verdict = verify.apply(view(), companyLists.tokens(named.ofCompanies()));
        }
        // A company's key is verified after the status of its licence: not before that is known is the company's
        // address fetched.
        if (wantsLists(verdict)
                && named.ofIssuers().stream().noneMatch(statusLists::isOutdated)
                && !named.ofCompanies().isEmpty()
                && named.ofCompanies().stream().allMatch(companyLists::fetchFromVerifiedAddress)) {
            verdict = verify.apply(view(), companyLists.tokens(named.ofCompanies()));
        }
        return verdict;
    }

    /** A company's own list, as fresh as can be had; the address must stand in what that company is known to have signed. */
    public List<String> companyList(URI list) {
        if (companyLists.isOutdated(list)) {
            companyLists.fetchFromVerifiedAddress(list);
        }
        return companyLists.tokens(List.of(list));
    }

    /** Of what a company signed, the licence's list is asked for anew only when it may be the one that is wanting. */
    private boolean isWanted(URI list, NamedLists named) {
        return named.ofCompanies().isEmpty() || statusLists.isOutdated(list);
    }

    private static boolean wantsLists(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused && FETCH_AND_TRY_AGAIN.contains(refused.refusal());
    }
}
