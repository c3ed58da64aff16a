package city.elicence.verifier.request;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.dcql.ClaimQuery;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.Ask;
import city.elicence.credentials.verify.party.RequestChecks;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What may be asked: a query by the standard's rules, for claims that the ledger lets this relying party ask. */
public final class AskingRules {
    private final Supplier<TrustView> trust;
    private final Clock clock;

    public AskingRules(Supplier<TrustView> trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /** Holds a draft to OpenID4VP 1.0 §6 and §8.4. */
    Asked read(CheckDraft draft) {
        DcqlQuery query;
        try {
            query = DcqlQuery.parse(draft.dcql());
        } catch (JsonException e) {
            throw malformed("dcql: " + e.getMessage());
        }
        for (CredentialQuery credential : query.credentials()) {
            if (Format.identifiedBy(credential.format()).isEmpty()) {
                throw malformed("dcql: format dc+sd-jwt or mso_mdoc");
            }
            if (credential.types().alternatives().isEmpty()) {
                throw malformed("dcql: meta.vct_values, or meta.doctype_value of an mdoc");
            }
            if (!credential.requireHolderBinding()) {
                throw malformed("dcql: require_cryptographic_holder_binding, which is never waived here");
            }
        }
        List<String> transactions = new ArrayList<>();
        for (Map<String, Object> transaction : draft.transactionData()) {
            transactions.add(encode(transaction, query));
        }
        return new Asked(query, summary(query), transactions);
    }

    /** Why the ledger does not let this relying party ask this, if so. */
    Optional<Problem.MayNotAsk> overAsking(Tenant tenant, Asked asked) {
        List<Ask> asks = new ArrayList<>();
        for (CredentialQuery credential : asked.query().credentials()) {
            List<ClaimPath> claims =
                    credential.claims().stream().map(ClaimQuery::path).toList();
            for (List<String> types : credential.types().alternatives()) {
                types.forEach(type -> asks.add(new Ask(type, claims)));
            }
        }
        return RequestChecks.overAsk(tenant.did(), asks, trust.get(), clock.instant())
                .map(refused -> new Problem.MayNotAsk(
                        refused.refusal().code(), refused.refusal().en()));
    }

    /** §8.4: each names its type and the credential queries that may authorise it. */
    private static String encode(Map<String, Object> transaction, DcqlQuery query) {
        boolean typed = transaction.get("type") instanceof String type && !type.isEmpty();
        boolean bound = transaction.get("credential_ids") instanceof List<?> ids
                && !ids.isEmpty()
                && ids.stream()
                        .allMatch(id -> id instanceof String text
                                && query.credential(text)
                                        .filter(asked -> asked.format().equals(Format.SD_JWT_VC.identifier()))
                                        .isPresent());
        if (!typed || !bound) {
            throw malformed("transaction_data: type, and credential_ids of SD-JWT VCs that the query has");
        }
        return Base64Url.encode(Json.write(transaction).getBytes(StandardCharsets.UTF_8));
    }

    /** Types and claim paths; a value that a query compares with may be personal and stays out. */
    private static String summary(DcqlQuery query) {
        List<String> lines = new ArrayList<>();
        for (CredentialQuery credential : query.credentials()) {
            List<String> claims = new ArrayList<>();
            for (ClaimQuery claim : credential.claims()) {
                claims.add(claim.path().toString());
            }
            lines.add(credential.types().alternatives() + ": " + String.join(", ", claims));
        }
        return String.join("; ", lines);
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed("expected " + expected));
    }

    /**
     * A draft that keeps the standard's rules.
     *
     * @param summary types and claim paths, for the audit trail
     * @param encodedTransactions as they go on the wire and into the holder's proof, byte for byte
     */
    public record Asked(DcqlQuery query, String summary, List<String> encodedTransactions) {
        public Asked {
            encodedTransactions = List.copyOf(encodedTransactions);
        }
    }
}
