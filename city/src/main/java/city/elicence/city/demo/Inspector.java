package city.elicence.city.demo;

import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.offline.KnownChains;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.offline.OfflineException;
import city.elicence.credentials.offline.OfflineFrames;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A policeman's device with no signal: it has the trust that it fetched this morning and nothing else. Nothing here can reach a
 * network: the verifying code has no I/O.
 */
public final class Inspector {
    private static final int REMEMBERED = 10_000;

    private final Did self;
    private final TrustView cachedTrust;
    private final KnownChains chains;
    private final Clock clock;
    private final PresentationVerifier verifier;

    /**
     * A device with this trust.
     *
     * @param cachedTrust as it was fetched when there was a network
     */
    Inspector(Did self, TrustView cachedTrust, KnownChains chains, Suites suites, Clock clock) {
        this.verifier = new PresentationVerifier(ReplayGuard.inMemory(REMEMBERED), suites);
        this.self = self;
        this.cachedTrust = cachedTrust;
        this.chains = chains;
        this.clock = clock;
    }

    /** Fetches, while there is a network, the trust that a device of this party carries: signed by its own office. */
    public static Inspector of(City city, Desk verifier, String tenant) throws IOException, InterruptedException {
        Party party = city.party(tenant);
        JsonObject fetched =
                verifier.get("/api/trust-snapshot?tenant=" + tenant).orThrow();
        try {
            TrustSnapshot trust = SnapshotJson.open(
                    fetched.getString("snapshot"), party.signingKey().publicKey());
            List<List<String>> chains = city.parties().stream()
                    .map(each -> each.asIssuer().licenceChain().toX5c())
                    .toList();
            return new Inspector(party.did(), trust, KnownChains.of(chains), city.suites(), city.clock());
        } catch (JsonException e) {
            throw new IOException("the trust snapshot cannot be read", e);
        }
    }

    /** The presentation that scanned frames make up. */
    public String read(List<byte[]> frames) throws IOException {
        OfflineFrames collected = new OfflineFrames();
        try {
            for (byte[] frame : frames) {
                Optional<byte[]> packed = collected.accept(frame);
                if (packed.isPresent()) {
                    return OfflineCode.unpack(packed.get(), chains);
                }
            }
        } catch (OfflineException e) {
            throw new IOException("the code cannot be read: " + e.reason(), e);
        }
        throw new IOException("a part of the code is missing");
    }

    /** The verdict on a presentation. */
    public Verdict check(String presentation) {
        return verifier.verify(
                Presentation.of(presentation),
                Expectation.offline().askedBy(self, List.of()),
                cachedTrust,
                clock.instant());
    }
}
