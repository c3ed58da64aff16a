package city.elicence.credentials.trust.snapshot;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusToken;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TypeRecord;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A trust snapshot as a signed text, version 1. Whoever holds the key can make the reader trust anyone. */
public final class SnapshotJson {
    public static final String TYPE = "elicence-trust+jwt";

    private static final long VERSION = 1;

    private SnapshotJson() {}

    public static String sign(TrustSnapshot snapshot, SigningKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("as_of", snapshot.asOf().toString());
        json.put("accreditations", all(snapshot.accreditations(), LedgerJson::write));
        json.put("types", all(snapshot.types(), LedgerJson::write));
        json.put("log_heads", all(snapshot.logHeads(), LedgerJson::write));
        json.put("status_heads", all(snapshot.statusHeads(), LedgerJson::write));
        json.put("statuses", all(snapshot.statuses(), SnapshotJson::write));
        List<Object> roots = new ArrayList<>();
        for (TrustAnchor root : snapshot.rootAnchors()) {
            roots.add(CertificateChain.base64(root.getTrustedCert()));
        }
        json.put("roots", roots);
        String jws = Jws.sign(Map.of("typ", TYPE), json, key);
        if (jws.length() > Jws.MAX_LENGTH) {
            throw new IllegalArgumentException("a snapshot has at most " + Jws.MAX_LENGTH + " characters");
        }
        return jws;
    }

    /** Reads a snapshot that this key signed. */
    public static TrustSnapshot open(String signed, EcPublicKey key) throws JsonException {
        try {
            Jws jws = Jws.parse(signed);
            if (!jws.type().filter(TYPE::equals).isPresent() || !jws.verifiedBy(key)) {
                throw new JsonException("expected a trust snapshot signed by the key that is trusted for it");
            }
            return read(Fields.of(jws.claims()));
        } catch (JoseException e) {
            throw new JsonException("expected a trust snapshot: " + e.getMessage(), e);
        }
    }

    private static TrustSnapshot read(Fields json) throws JsonException, JoseException {
        if (json.longValue("v") != VERSION) {
            throw new JsonException("v: expected snapshot version " + VERSION);
        }
        List<Accreditation> accreditations = new ArrayList<>();
        for (Map<String, Object> each : json.objects("accreditations")) {
            accreditations.add(LedgerJson.accreditation(each));
        }
        List<TypeRecord> types = new ArrayList<>();
        for (Map<String, Object> each : json.objects("types")) {
            types.add(LedgerJson.type(each));
        }
        List<LogHead> logHeads = new ArrayList<>();
        for (Map<String, Object> each : json.objects("log_heads")) {
            logHeads.add(LedgerJson.logHead(each));
        }
        List<StatusHead> statusHeads = new ArrayList<>();
        for (Map<String, Object> each : json.objects("status_heads")) {
            statusHeads.add(LedgerJson.statusHead(each));
        }
        List<StatusKnowledge> statuses = new ArrayList<>();
        for (Map<String, Object> each : json.objects("statuses")) {
            statuses.add(status(Fields.of(each)));
        }
        List<X509Certificate> roots = new ArrayList<>();
        for (String root : json.strings("roots")) {
            roots.add(CertificateChain.certificate(root));
        }
        return TrustSnapshot.asOf(json.time("as_of"))
                .accreditations(accreditations)
                .types(types)
                .logHeads(logHeads)
                .statusHeads(statusHeads)
                .statuses(statuses)
                .roots(roots)
                .build();
    }

    private static Map<String, Object> write(StatusKnowledge known) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uri", known.uri().toString());
        json.put("signed_by", known.signedBy().value());
        json.put("fetched_at", known.fetchedAt().toString());
        json.put("anchoring", known.anchoring().name().toLowerCase(Locale.ROOT));
        json.put("token", known.token());
        return json;
    }

    /** The token's signature was verified by who signed the snapshot; here it is read only. */
    private static StatusKnowledge status(Fields json) throws JsonException, JoseException {
        String token = json.string("token");
        try {
            StatusToken read = StatusToken.read(token);
            return new StatusKnowledge(
                    json.uri("uri"),
                    Did.parse(json.string("signed_by")),
                    read.listVerifiedBefore(),
                    read.issuedAt(),
                    read.expires().orElse(null),
                    json.time("fetched_at"),
                    StatusKnowledge.Anchoring.valueOf(json.string("anchoring").toUpperCase(Locale.ROOT)),
                    token);
        } catch (StatusException | IllegalArgumentException e) {
            throw new JsonException("statuses: expected a verified status list", e);
        }
    }

    private static <T> List<Object> all(Collection<T> values, Function<T, Map<String, Object>> write) {
        List<Object> json = new ArrayList<>();
        for (T value : values) {
            json.add(write.apply(value));
        }
        return json;
    }
}
