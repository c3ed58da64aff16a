package city.elicence.verifier.decide;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.VerifiedCredential;
import city.elicence.credentials.verify.mandate.CompanyAct;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.credentials.verify.mandate.SignatoryCheck;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the people who must sign for an act of a company did, where a transaction names one. */
final class CompanyActs {
    private CompanyActs() {}

    /** Why an act is not signed for, with a detail in the report; empty where all are, or none was asked. */
    static Optional<Refusal> refusal(Case given, Map<String, List<Shown>> shown, Map<String, Object> report) {
        try {
            for (String transaction : given.transactions()) {
                Map<String, Object> json = Json.parseObject(Base64Url.decode(transaction));
                if (CompanyAct.is(json)) {
                    List<VerifiedCredential> all = shown.values().stream()
                            .flatMap(List::stream)
                            .map(Shown::credential)
                            .toList();
                    SignatoryCheck.require(CompanyAct.fromJson(json), all, signers(transaction, given, shown));
                }
            }
            return Optional.empty();
        } catch (RefusedException e) {
            report.put("detail", e.detail());
            return Optional.of(e.refusal());
        } catch (JsonException | SdJwtException unreadable) {
            report.put("detail", "act: expected a power, and an amount in fen where there is one");
            return Optional.of(Refusal.SIGNER_NOT_MANDATED);
        }
    }

    /** Each presentation is there with its credential, in the same order: all of them were accepted. */
    private static List<SignatoryCheck.Signer> signers(String transaction, Case given, Map<String, List<Shown>> shown)
            throws SdJwtException {
        String hash = TransactionHashes.sha256(transaction);
        List<SignatoryCheck.Signer> signers = new ArrayList<>();
        for (String id : TransactionHashes.credentialIds(transaction)) {
            String with = shownWith(given, id);
            List<String> presentations = given.presented().getOrDefault(id, List.of());
            for (int i = 0; i < presentations.size(); i++) {
                SdJwt presentation = SdJwt.parse(presentations.get(i));
                boolean signed = TransactionHashes.signedHashes(presentations.get(i))
                                .contains(hash)
                        && with.equals(KeyBinding.of(presentation).claims().get(Mandates.SHOWN_WITH));
                signers.add(new SignatoryCheck.Signer(
                        shown.getOrDefault(id, List.of()).get(i).credential(), signed));
            }
        }
        return signers;
    }

    private static String shownWith(Case given, String id) throws SdJwtException {
        List<SdJwt> others = new ArrayList<>();
        for (Map.Entry<String, List<String>> answer : given.presented().entrySet()) {
            for (String presentation : answer.getKey().equals(id) ? List.<String>of() : answer.getValue()) {
                others.add(SdJwt.parse(presentation));
            }
        }
        return Mandates.shownWith(others);
    }
}
