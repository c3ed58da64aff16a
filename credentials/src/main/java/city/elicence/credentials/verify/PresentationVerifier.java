package city.elicence.credentials.verify;

import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.PartyTrust;
import java.time.Instant;

/**
 * Presentation, expectation, trust and time in; a verdict out, whatever comes in. Keep one: it remembers certificate chains that
 * it validated. Safe for many threads.
 */
public final class PresentationVerifier {
    private final PartyTrust parties = new PartyTrust();
    private final ReplayGuard replays;

    public PresentationVerifier(ReplayGuard replays) {
        this.replays = replays;
    }

    public Verdict verify(Presentation presentation, Expectation expectation, TrustView trust, Instant now) {
        return new Judgement(presentation, expectation, trust, now, parties, replays).verdict();
    }
}
