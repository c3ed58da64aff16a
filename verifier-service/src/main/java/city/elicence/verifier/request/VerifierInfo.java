package city.elicence.verifier.request;

import city.elicence.verifier.tenant.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request says about who accredited its relying party (OpenID4VP 1.0 §5.11): a pointer to the ledger, which the
 * wallet reads for itself. The attestation is claim-bound: the accreditation names the certificate authority that the
 * request's {@code x5c} leads to, and so needs no further proof.
 */
final class VerifierInfo {
    /** The identifier of our one format. */
    static final String FORMAT = "urn:elicence:ledger-accreditation";

    private VerifierInfo() {}

    static Map<String, Object> of(Tenant tenant, String purpose) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("zh", tenant.labelZh());
        names.put("en", tenant.labelEn());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("did", tenant.did().toString());
        data.put("name", names);
        data.put("purpose", purpose);
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("format", FORMAT);
        info.put("data", data);
        return info;
    }
}
