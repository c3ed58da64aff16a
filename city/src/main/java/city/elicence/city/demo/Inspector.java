package city.elicence.city.demo;

import city.elicence.credentials.offline.KnownChains;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.offline.OfflineException;
import city.elicence.credentials.offline.OfflineFrames;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A policeman's device with no signal: it has the trust that it fetched this morning and nothing else. Nothing here can reach a
 * network: the verifying code has no I/O.
 */
final class Inspector {
    private static final int REMEMBERED = 10_000;

    private final Did self;
    private final TrustView cachedTrust;
    private final KnownChains chains;
    private final Clock clock;
    private final PresentationVerifier verifier = new PresentationVerifier(ReplayGuard.inMemory(REMEMBERED));

    /**
     * A device with this trust.
     *
     * @param cachedTrust as it was fetched when there was a network
     */
    Inspector(Did self, TrustView cachedTrust, KnownChains chains, Clock clock) {
        this.self = self;
        this.cachedTrust = cachedTrust;
        this.chains = chains;
        this.clock = clock;
    }

    /** The presentation that scanned frames make up. */
    String read(List<byte[]> frames) throws IOException {
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
    Verdict check(String presentation) {
        return verifier.verify(
                Presentation.of(presentation),
                Expectation.offline().askedBy(self, List.of()),
                cachedTrust,
                clock.instant());
    }
}
