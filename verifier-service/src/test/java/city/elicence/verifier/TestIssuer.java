package city.elicence.verifier;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Mdoc;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.DataElements;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An issuer in tests: licences with a status each, all claims selectively disclosable. */
final class TestIssuer {
    static final String MDL = "org.iso.18013.5.1.mDL";
    static final String MDL_TYPE = "driving-licence.mdoc";
    private static final CredentialType SAMPLE =
            Catalogue.builtIn().type("driving-licence").orElseThrow();
    static final Mdoc LICENCE_AS_MDOC = java.util.Objects.requireNonNull(SAMPLE.mdoc());

    static final String TYPES_BASE = "https://issuer.example";

    private final TestParty party;
    private final TestStatusHost host;
    private final StatusList list = StatusList.ofSize(2, 10_000);
    private final String path;
    private int next;
    private Instant lastSigned = Instant.EPOCH;

    TestIssuer(TestParty party, TestStatusHost host) {
        this(party, host, 1);
    }

    /** One with a status list of another number. */
    TestIssuer(TestParty party, TestStatusHost host, int list) {
        this.party = party;
        this.host = host;
        this.path = "/" + party.name() + "/status/" + list;
        publish(Instant.now());
    }

    TestParty party() {
        return party;
    }

    URI statusAddress() {
        return host.address(path);
    }

    String statusPath() {
        return path;
    }

    static String vct(String type) {
        return TYPES_BASE + "/types/" + type;
    }

    /** A licence in somebody's wallet. */
    record Held(SdJwt credential, SoftwareKey holder, long statusIndex) {}

    Held issue(String type, Map<String, Object> claims) {
        return issue(type, claims, SoftwareKey.generate());
    }

    Held issue(String type, Map<String, Object> claims, SoftwareKey holder) {
        long index = next++;
        Instant now = Instant.now();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("vct", vct(type));
        all.put("iat", now.minusSeconds(60).getEpochSecond());
        all.put("exp", now.plus(Duration.ofDays(365)).getEpochSecond());
        all.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        all.put("status", new StatusReference(statusAddress(), index).toClaim());
        all.putAll(claims);
        List<ClaimPath> selective = new ArrayList<>();
        claims.keySet().forEach(name -> selective.add(ClaimPath.of(name)));
        SdJwt credential = SdJwtVc.issue(
                new SdJwtIssuer(party.key(), new SecureRandom()), party.chain(), all, Frame.of(selective));
        return new Held(credential, holder, index);
    }

    /** A mobile document in somebody's wallet. */
    record HeldDocument(IssuerSigned document, SoftwareKey holder, long statusIndex) {}

    /** The catalogue's sample of a driving licence as a mobile document. */
    HeldDocument issueDocument(Instant until) {
        long index = next++;
        return issueDocument(until, new StatusReference(statusAddress(), index).toClaim(), index);
    }

    /** One that is never revoked, as short-lived documents of strangers are. */
    HeldDocument issueDocumentWithoutStatus(Instant until) {
        return issueDocument(until, null, -1);
    }

    private HeldDocument issueDocument(Instant until, @org.jspecify.annotations.Nullable Object status, long index) {
        SoftwareKey holder = SoftwareKey.generate();
        Instant signed = Instant.now().minusSeconds(1800);
        IssuerSigned document = IssuerSigned.issue(
                MDL,
                new DataElements(LICENCE_AS_MDOC, party.name(), new SecureRandom())
                        .of(SAMPLE.derive(SAMPLE.sample(), LocalDate.of(2026, 11, 24))),
                holder.publicKey(),
                new SecurityObject.Validity(signed, signed, until),
                status,
                party.documentKey(),
                party.documentChain());
        return new HeldDocument(document, holder, index);
    }

    /** Changes a status; it is served from the next {@link #publish} on. */
    void set(long index, int status) {
        list.set((int) index, status);
    }

    /** Serves the list as CWT alone, signed by this issuer or by somebody else for it, as of a time. */
    void publishOnlyCwt(TestParty signer, URI subject, Instant at) {
        host.serveOnly(path, StatusListCwt.sign(list, terms(subject, at), signer.key(), signer.chain()));
    }

    private StatusListToken.Terms terms(URI subject, Instant at) {
        return new StatusListToken.Terms(
                subject, at, Duration.ofHours(1), Duration.ofSeconds(10), host.address("/" + party.name() + "/status"));
    }

    /** Signs the list as of a time, or a second after the last one: an issuer's tokens never go back in time. */
    StatusListToken publish(Instant wanted) {
        Instant at = wanted.isAfter(lastSigned.plusSeconds(1)) ? wanted : lastSigned.plusSeconds(1);
        lastSigned = at;
        String token = StatusListToken.sign(
                list, terms(statusAddress(), at), party.key(), party.chain().toX5c());
        host.serve(path, token);
        try {
            return StatusListToken.parse(token);
        } catch (city.elicence.credentials.status.StatusException e) {
            throw new IllegalStateException(e);
        }
    }
}
