package city.elicence.wallet.town;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the town's ledger says; tests write to it. */
public final class TownLedger implements TrustView {
    private final Clock clock;
    private final Map<Did, Accreditation> parties = new HashMap<>();
    private final Map<Did, String> documents = new HashMap<>();
    private final Map<String, TypeRecord> types = new HashMap<>();
    private final List<LogHead> heads = new ArrayList<>();

    public TownLedger(Clock clock) {
        this.clock = clock;
    }

    public void mayIssue(Townsfolk party, String type, String vct) {
        types.put(vct, new TypeRecord(type, 1, vct, "digest"));
        put(party, Role.ISSUER, List.of(new Grant(type, always())), List.of());
    }

    public void mayAsk(Townsfolk party, String type, String... claims) {
        List<ClaimPath> paths = new ArrayList<>();
        for (String claim : claims) {
            paths.add(ClaimPath.parse(claim));
        }
        put(party, Role.VERIFIER, List.of(), List.of(new AskGrant(type, paths, always())));
    }

    public void mayAskElements(Townsfolk party, String type, String nameSpace, String... elements) {
        List<ClaimPath> paths = new ArrayList<>();
        for (String element : elements) {
            paths.add(ClaimPath.of(nameSpace).then(element));
        }
        put(party, Role.VERIFIER, List.of(), List.of(new AskGrant(type, paths, always())));
    }

    /** Publishes the keys of a party's DID, as the text that the ledger keeps. */
    public void publishKeys(Townsfolk party, EcPublicKey... keys) {
        documents.put(party.did(), DidDocument.of(party.did(), List.of(keys)).content());
    }

    /** A wallet's resolver of DIDs: reads what was published. */
    public @Nullable EcPublicKey didKey(String did, String keyId) {
        try {
            Did party = Did.parse(did);
            String document = documents.get(party);
            return document == null
                    ? null
                    : DidDocument.read(party, document).key(keyId).orElse(null);
        } catch (JsonException e) {
            return null;
        }
    }

    public void forget(Townsfolk party) {
        parties.remove(party.did());
    }

    public void anchor(LogHead head) {
        heads.add(head);
    }

    private void put(Townsfolk party, Role role, List<Grant> issues, List<AskGrant> asks) {
        parties.put(
                party.did(),
                new Accreditation(
                        party.did(),
                        new Names("本市" + party.name(), "City " + party.name()),
                        Set.of(role),
                        List.of(party.anchor()),
                        issues,
                        asks,
                        null));
    }

    private Period always() {
        return Period.from(clock.instant().minus(Duration.ofDays(1)));
    }

    @Override
    public Optional<Accreditation> accreditation(Did did) {
        return Optional.ofNullable(parties.get(did));
    }

    @Override
    public Optional<Accreditation> byAnchor(String certificateSha256) {
        return parties.values().stream()
                .filter(party -> party.anchors().get(0).sha256().equals(certificateSha256))
                .findFirst();
    }

    @Override
    public Optional<TypeRecord> type(String vct) {
        return Optional.ofNullable(types.get(vct));
    }

    @Override
    public Optional<StatusKnowledge> status(URI list) {
        return Optional.empty();
    }

    @Override
    public Optional<LogHead> logHead(Did issuer, long size) {
        return heads.stream()
                .filter(head -> head.did().equals(issuer) && head.size() == size)
                .findFirst();
    }

    @Override
    public Optional<StatusHead> statusHead(Did issuer, URI list) {
        return Optional.empty();
    }

    @Override
    public List<TrustAnchor> rootAnchors() {
        return List.of();
    }

    @Override
    public Instant asOf() {
        return clock.instant();
    }
}
