package city.elicence.credentials.verify;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A small city in memory: the traffic police issue driving licences, the bank may ask for some of their claims. */
public final class TestCity {
    public static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    public static final Instant ISSUED = NOW.minus(Duration.ofDays(30));
    public static final String TYPE = "driving-licence";
    public static final String VCT = "https://issuer.example/types/driving-licence";
    public static final String OTHER_VCT = "https://issuer.example/types/marriage-certificate";
    public static final URI LIST = URI.create("https://issuer.example/traffic-police/status/1");
    public static final String NONCE = "nonce-1";
    public static final String AUDIENCE = "x509_hash:verifier";
    public static final String SECRET = "AAECAwQFBgcICQoLDA0ODw";
    static final int INDEX = 5;

    public final TestParty police = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    public final TestParty registry = TestParty.of("9LgYdQDM5jQE3YQvg2sMWk");
    public final TestParty bank = TestParty.of("BGbRWcVgCDPoYQRZHMgEVj");
    public final SoftwareKey holder = SoftwareKey.generate();

    final Map<String, Object> claims = new LinkedHashMap<>();
    Frame frame = Frame.of(List.of(
            ClaimPath.of("name"), ClaimPath.of("classes"), ClaimPath.of("birth_date"), ClaimPath.of("use_secret")));
    Accreditation policeAccreditation = accreditation(police, "Traffic police", Period.from(TestParty.NOT_BEFORE));
    StatusList list = StatusList.ofSize(2, 1024);
    Instant listTime = NOW.minusSeconds(30);

    public TestCity() {
        claims.put("vct", VCT);
        claims.put("iss", "https://issuer.example/traffic-police");
        claims.put("iat", ISSUED.getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofDays(365)).getEpochSecond());
        claims.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        claims.put("status", new StatusReference(LIST, INDEX).toClaim());
        claims.put("name", "李雷");
        claims.put("classes", List.of("C1"));
        claims.put("birth_date", "1990-02-03");
        claims.put("use_secret", SECRET);
    }

    static Accreditation accreditation(TestParty party, String name, Period period) {
        return new Accreditation(
                party.did(),
                new Names("机关", name),
                Set.of(Role.ISSUER),
                List.of(party.anchor()),
                List.of(new Grant(TYPE, period), new Grant(TestMdoc.TYPE, period)),
                List.of(),
                null);
    }

    /** Issued by the police, as configured. */
    public SdJwt issue() {
        return issueBy(police);
    }

    public SdJwt issueBy(TestParty party) {
        return SdJwtVc.issue(new SdJwtIssuer(party.key(), new SecureRandom()), party.chain(), claims, frame);
    }

    public SdJwt show(SdJwt issued, SoftwareKey key) throws SdJwtException {
        return bind(issued.present(List.of(ClaimPath.of("name"), ClaimPath.of("classes"))), NOW, key);
    }

    static SdJwt bind(SdJwt shown, Instant at, SoftwareKey key) throws SdJwtException {
        return KeyBinding.sign(shown, NONCE, AUDIENCE, at, Map.of(), key);
    }

    /** What an honest holder shows. */
    public Presentation presentation() throws SdJwtException {
        return Presentation.of(show(issue(), holder).serialize());
    }

    public Expectation expectation() {
        return Expectation.online(NONCE, AUDIENCE);
    }

    TrustSnapshot.Builder withoutStatus() {
        return TrustSnapshot.asOf(NOW.minusSeconds(10))
                .accreditations(List.of(
                        policeAccreditation,
                        new Accreditation(
                                registry.did(),
                                new Names("民政局", "Civil affairs"),
                                Set.of(Role.ISSUER),
                                List.of(registry.anchor()),
                                List.of(new Grant("marriage-certificate", Period.from(TestParty.NOT_BEFORE))),
                                List.of(),
                                null),
                        new Accreditation(
                                bank.did(),
                                new Names("银行", "Bank"),
                                Set.of(Role.VERIFIER),
                                List.of(bank.anchor()),
                                List.of(),
                                List.of(
                                        new AskGrant(
                                                TYPE,
                                                List.of(ClaimPath.of("name"), ClaimPath.of("classes")),
                                                Period.from(TestParty.NOT_BEFORE)),
                                        new AskGrant(
                                                TestMdoc.TYPE,
                                                TestMdoc.TYPE_FILE.elementsFor(
                                                        List.of(ClaimPath.of("family_name"), ClaimPath.of("classes"))),
                                                Period.from(TestParty.NOT_BEFORE))),
                                null)))
                .types(List.of(
                        new TypeRecord(TYPE, 1, VCT, "digest-1"),
                        new TypeRecord(TestMdoc.TYPE, 1, TestMdoc.MDL, "digest-1"),
                        new TypeRecord("marriage-certificate", 1, OTHER_VCT, "digest-2")));
    }

    public TrustSnapshot trust() {
        return trust(builder -> builder);
    }

    TrustSnapshot trust(UnaryOperator<TrustSnapshot.Builder> with) {
        return with.apply(withStatusBy(police)).build();
    }

    TrustSnapshot.Builder withStatusBy(TestParty signer) {
        StatusVerdict verdict = new StatusTokens()
                .verify(statusToken(signer), LIST, withoutStatus().build(), listTime);
        if (!(verdict instanceof StatusVerdict.Known known)) {
            throw new AssertionError(verdict);
        }
        return withoutStatus().statuses(List.of(known.knowledge()));
    }

    String statusToken(TestParty signer) {
        return StatusListToken.sign(
                list,
                new StatusListToken.Terms(
                        LIST,
                        listTime,
                        Duration.ofHours(12),
                        Duration.ofMinutes(5),
                        URI.create("https://issuer.example/s")),
                signer.key(),
                signer.chain().toX5c());
    }

    static StatusHead head(TestParty signer, Instant version, String digest) {
        return new StatusHead(signer.did(), LIST, version.getEpochSecond(), digest, NOW.minusSeconds(20));
    }

    /** The issuer's log after this credential and some others were appended. */
    static MerkleTree log(SdJwt issued, byte[] salt) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < 7; i++) {
            byte[] other = new byte[16];
            other[0] = (byte) i;
            tree.append(i == 3 ? LogEntry.ofJwt(salt, issued.issuerJwt().compact()) : LogEntry.ofJwt(other, "another"));
        }
        return tree;
    }

    Receipt receipt(SdJwt issued, byte[] salt) {
        return Receipt.of(police.did().value(), log(issued, salt), 3, 7, salt);
    }

    static LogHead logHead(TestParty party, MerkleTree tree, Instant at) {
        return new LogHead(party.did(), 7, tree.root(7).toBase64Url(), at);
    }

    public Verdict verify(Presentation presentation, Expectation expectation) {
        return verify(presentation, expectation, trust());
    }

    Verdict verify(Presentation presentation, Expectation expectation, TrustSnapshot trust) {
        return new PresentationVerifier(ReplayGuard.inMemory(100)).verify(presentation, expectation, trust, NOW);
    }

    /** The disclosures of one SD-JWT under the issuer-signed JWT of another. */
    static String mixed(SdJwt jwt, SdJwt disclosures) {
        List<String> parts = new ArrayList<>();
        parts.add(jwt.issuerJwt().compact());
        disclosures.disclosures().forEach(d -> parts.add(d.encoded()));
        return String.join("~", parts) + "~";
    }
}
