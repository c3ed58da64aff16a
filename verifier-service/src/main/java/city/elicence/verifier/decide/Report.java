package city.elicence.verifier.decide;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.verify.CheckResult;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.VerifiedCredential;
import city.elicence.credentials.verify.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Verdicts as JSON: what was checked, against how old a view, and what was not. Never a claim's value. */
final class Report {
    private Report() {}

    /** One presentation's verdict. */
    static Map<String, Object> of(String queryId, Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("query", queryId);
        switch (verdict) {
            case Verdict.Accepted accepted -> {
                json.put("outcome", "accepted");
                json.put("warnings", accepted.hasWarnings());
                json.putAll(credential(accepted.credential()));
            }
            case Verdict.Refused refused -> {
                json.put("outcome", "refused");
                json.putAll(words(refused.refusal()));
                json.put("detail", refused.detail());
            }
        }
        json.put("checks", checks(verdict.checks()));
        json.put("known_as_of", verdict.knownAsOf().toString());
        return json;
    }

    /** The same with the digest of the credential that was shown: who issued it finds it by that, and nobody else learns by it. */
    static Map<String, Object> of(String queryId, Presentation presentation, Verdict verdict) {
        Map<String, Object> json = of(queryId, verdict);
        if (verdict instanceof Verdict.Accepted) {
            json.put("credential_sha256", Base64Url.encode(signedDigest(presentation)));
        }
        return json;
    }

    private static byte[] signedDigest(Presentation presentation) {
        String text = presentation.text();
        try {
            return switch (presentation.format()) {
                case SD_JWT_VC -> LogEntry.digestOf(text.substring(0, text.indexOf('~')));
                case MDOC ->
                    DeviceResponse.fromText(text)
                            .documents()
                            .getFirst()
                            .issuerSigned()
                            .digest();
            };
        } catch (MdocException impossible) {
            throw new IllegalStateException("a verified presentation can be read", impossible);
        }
    }

    /** The queries that were answered with an SD-JWT VC of a type that companies hold. */
    static Set<String> queriesOfCompanies(Map<String, Object> report) {
        Set<String> queries = new HashSet<>();
        if (report.get("presentations") instanceof List<?> presentations) {
            for (Object each : presentations) {
                if (each instanceof Map<?, ?> json
                        && Catalogue.builtIn()
                                .type(String.valueOf(json.get("type")))
                                .filter(type -> type.holder() == CredentialType.Holder.COMPANY)
                                .isPresent()) {
                    queries.add(String.valueOf(json.get("query")));
                }
            }
        }
        return queries;
    }

    /** A refusal's code and its words for people. */
    static Map<String, Object> words(Refusal refusal) {
        return words(
                refusal.code(), both(refusal.zh(), refusal.en()), both(refusal.nextStepZh(), refusal.nextStepEn()));
    }

    static Map<String, Object> words(String code, Map<String, Object> sentence, Map<String, Object> nextStep) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("sentence", sentence);
        json.put("next_step", nextStep);
        return json;
    }

    static Map<String, Object> both(String zh, String en) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("zh", zh);
        json.put("en", en);
        return json;
    }

    private static Map<String, Object> credential(VerifiedCredential credential) {
        Map<String, Object> issuer = new LinkedHashMap<>();
        issuer.put("did", credential.issuer().did().toString());
        issuer.put(
                "name",
                both(
                        credential.issuer().names().zh(),
                        credential.issuer().names().en()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", credential.type().id());
        json.put("issuer", issuer);
        credential.issuedAt().ifPresent(at -> json.put("issued_at", at.toString()));
        credential.expires().ifPresent(at -> json.put("expires_at", at.toString()));
        if (Catalogue.builtIn()
                .type(credential.type().id())
                .map(type -> type.lifecycle().useOnce())
                .filter(use -> use.isForbidden(credential.claims()))
                .isPresent()) {
            json.put("unusable", true);
        }
        return json;
    }

    private static List<Map<String, Object>> checks(List<CheckResult> results) {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (CheckResult result : results) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("check", result.check().code());
            json.put("name", both(result.check().zh(), result.check().en()));
            json.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
            json.put("detail", result.detail());
            checks.add(json);
        }
        return checks;
    }
}
