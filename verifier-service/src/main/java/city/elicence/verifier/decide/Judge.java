package city.elicence.verifier.decide;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.dcql.ClaimQuery;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.Mismatch;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.trust.CurrentTrust;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The judgement itself, in the order of OpenID4VP 1.0 §8.6: each presentation by the one verifier of the city; then the
 * response against the query; then the transactions. One presentation that fails refuses the whole response.
 */
public final class Judge {
    private final PresentationVerifier verifier;
    private final CurrentTrust trust;
    private final Addresses addresses;
    private final Clock clock;

    /**
     * @param verifier one whose replay guard passes everything: online, the request's single use is the guard
     */
    public Judge(PresentationVerifier verifier, CurrentTrust trust, Addresses addresses, Clock clock) {
        this.verifier = verifier;
        this.trust = trust;
        this.addresses = addresses;
        this.clock = clock;
    }

    VerdictRow judge(Case given) {
        if (given.walletError() != null) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("wallet_error", given.walletError());
            return new VerdictRow(
                    VerdictRow.Outcome.DECLINED,
                    given.walletError(),
                    "the wallet answered with an error",
                    report,
                    Map.of(),
                    null,
                    clock.instant());
        }
        List<Map<String, Object>> presentations = new ArrayList<>();
        Map<String, List<Shown>> shown = new LinkedHashMap<>();
        Refusal refusal = null;
        for (Map.Entry<String, List<String>> answer : given.presented().entrySet()) {
            List<Shown> sound = shown.computeIfAbsent(answer.getKey(), id -> new ArrayList<>());
            for (String presentation : answer.getValue()) {
                Verdict verdict = verify(given, answer.getKey(), presentation);
                presentations.add(Report.of(
                        answer.getKey(), Presentation.in(format(given, answer.getKey()), presentation), verdict));
                switch (verdict) {
                    case Verdict.Accepted accepted -> {
                        trust.learnChain(accepted.credential());
                        sound.add(new Shown(accepted.credential(), format(given, answer.getKey())));
                    }
                    case Verdict.Refused refused -> refusal = refusal == null ? refused.refusal() : refusal;
                }
            }
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("presentations", presentations);
        if (refusal != null) {
            report.putAll(Report.words(refusal));
            return refused(refusal.code(), refusal.en(), report);
        }
        return whole(given, shown, report);
    }

    private Verdict verify(Case given, String queryId, String presentation) {
        Expectation expectation = Expectation.online(given.nonce(), given.clientId());
        // A query id that was never asked is refused below, by its name; its credential is judged all the same.
        CredentialQuery query = given.query().credential(queryId).orElse(null);
        if (query != null) {
            expectation = expectation.ofTypes(types(query)).askedBy(given.relyingParty(), paths(query));
        }
        Format format = format(given, queryId);
        Expectation expected = format == Format.MDOC ? expectation.inSession(session(given), null) : expectation;
        return trust.withFreshStatus(
                Presentation.in(format, presentation),
                (view, companyLists) -> verifier.verify(
                        Presentation.in(format, presentation).withStatusTokens(companyLists),
                        expected,
                        view,
                        clock.instant()));
    }

    private static Format format(Case given, String queryId) {
        return given.query()
                .credential(queryId)
                .flatMap(query -> Format.identifiedBy(query.format()))
                .orElse(Format.SD_JWT_VC);
    }

    /** OpenID4VP 1.0 annex B.2.6.1. */
    private SessionTranscript session(Case given) {
        try {
            String thumbprint = given.encryptionThumbprint();
            return SessionTranscript.ofRedirect(
                    given.clientId(),
                    given.nonce(),
                    thumbprint == null ? null : Base64Url.decode(thumbprint),
                    addresses.response(given.tenant(), given.checkId()).toString());
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a stored thumbprint can be read", unreadable);
        }
    }

    private VerdictRow whole(Case given, Map<String, List<Shown>> shown, Map<String, Object> report) {
        Map<String, Mismatch> shortfalls = given.query().shortfalls(shown);
        if (!shortfalls.isEmpty()) {
            Map<String, Object> named = new LinkedHashMap<>();
            shortfalls.forEach((id, mismatch) -> named.put(id, mismatch.name().toLowerCase(Locale.ROOT)));
            report.put("shortfalls", named);
            return refused(PolicyRefusal.QUERY_NOT_SATISFIED, report);
        }
        if (!TransactionHashes.authorised(given.transactions(), given.presented())) {
            return refused(PolicyRefusal.TRANSACTION_NOT_AUTHORISED, report);
        }
        Optional<Refusal> unsigned = CompanyActs.refusal(given, shown, report);
        if (unsigned.isPresent()) {
            report.putAll(Report.words(unsigned.get()));
            return refused(unsigned.get().code(), unsigned.get().en(), report);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        shown.forEach((id, credentials) -> {
            List<Map<String, Object>> each = new ArrayList<>();
            for (Shown credential : credentials) {
                each.add(AskedClaims.of(
                        credential.claims(),
                        given.query().credential(id).map(Judge::paths).orElse(Set.of())));
            }
            claims.put(id, each);
        });
        Instant asOf = trust.view().asOf();
        return new VerdictRow(VerdictRow.Outcome.ACCEPTED, null, "accepted", report, claims, asOf, clock.instant());
    }

    private VerdictRow refused(PolicyRefusal refusal, Map<String, Object> report) {
        report.putAll(refusal.words());
        return refused(refusal.code(), refusal.en(), report);
    }

    private VerdictRow refused(String code, String sentence, Map<String, Object> report) {
        return new VerdictRow(
                VerdictRow.Outcome.REFUSED,
                code,
                sentence,
                report,
                Map.of(),
                trust.view().asOf(),
                clock.instant());
    }

    private static Set<String> types(CredentialQuery query) {
        return query.types().alternatives().stream().flatMap(List::stream).collect(java.util.stream.Collectors.toSet());
    }

    private static Set<ClaimPath> paths(CredentialQuery query) {
        return query.claims().stream().map(ClaimQuery::path).collect(java.util.stream.Collectors.toSet());
    }
}
