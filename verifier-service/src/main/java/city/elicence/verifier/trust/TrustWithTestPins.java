package city.elicence.verifier.trust;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.indy.Base58;
import city.elicence.verifier.trust.PinnedTestCertificates.Pin;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A trust view with the exceptions of {@link PinnedTestCertificates} laid over it. */
record TrustWithTestPins(TrustView ledger, List<Pin> pins) implements TrustView {
    private static final Period ALWAYS = Period.from(Instant.EPOCH);
    private static final Names NOT_ACCREDITED = new Names("测试证书（未经认可）", "Pinned test certificate, NOT accredited");

    @Override
    public Optional<Accreditation> dangerouslyPinnedTestSigner(String leafSha256) {
        return pins.stream()
                .filter(pin -> pin.sha256().equals(leafSha256))
                .findFirst()
                .map(pin -> new Accreditation(
                        did(pin),
                        NOT_ACCREDITED,
                        Set.of(Role.ISSUER),
                        List.of(),
                        List.of(new Grant(typeId(pin), ALWAYS)),
                        List.of(),
                        null));
    }

    /** A pinned type may be asked for by whoever the ledger lets ask anything. */
    @Override
    public Optional<Accreditation> accreditation(Did did) {
        return ledger.accreditation(did).map(party -> {
            if (!party.roles().contains(Role.VERIFIER)) {
                return party;
            }
            List<AskGrant> asks = new ArrayList<>(party.asks());
            pins.forEach(pin -> asks.add(new AskGrant(typeId(pin), pin.claims(), ALWAYS)));
            return new Accreditation(
                    party.did(),
                    party.names(),
                    party.roles(),
                    party.anchors(),
                    party.issues(),
                    asks,
                    party.frozenSince());
        });
    }

    @Override
    public Optional<TypeRecord> type(String vct) {
        return ledger.type(vct)
                .or(() -> pins.stream()
                        .filter(pin -> pin.vct().equals(vct))
                        .findFirst()
                        .map(pin -> new TypeRecord(typeId(pin), 1, vct, "none")));
    }

    private String typeId(Pin pin) {
        return ledger.type(pin.vct())
                .map(TypeRecord::id)
                .orElse("pinned-test-" + pin.sha256().substring(0, 16));
    }

    /** A name for reports: no such DID is on any ledger. */
    private static Did did(Pin pin) {
        return Did.of("pinned-test", Base58.encode(Arrays.copyOf(HexFormat.of().parseHex(pin.sha256()), 16)));
    }

    @Override
    public Optional<Accreditation> byAnchor(String certificateSha256) {
        return ledger.byAnchor(certificateSha256);
    }

    @Override
    public Optional<StatusKnowledge> status(URI list) {
        return ledger.status(list);
    }

    @Override
    public Optional<LogHead> logHead(Did issuer, long size) {
        return ledger.logHead(issuer, size);
    }

    @Override
    public Optional<StatusHead> statusHead(Did issuer, URI list) {
        return ledger.statusHead(issuer, list);
    }

    @Override
    public List<TrustAnchor> rootAnchors() {
        return ledger.rootAnchors();
    }

    @Override
    public UseState useState(Nullifier nullifier) {
        return ledger.useState(nullifier);
    }

    @Override
    public Instant asOf() {
        return ledger.asOf();
    }
}
