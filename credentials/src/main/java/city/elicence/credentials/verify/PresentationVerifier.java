package city.elicence.credentials.verify;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.PartyTrust;
import java.time.Instant;

/**
 * Presentation, expectation, trust and time in; a verdict out, whatever comes in. Keep one: it remembers certificate chains that
 * it validated. Safe for many threads.
 */
public final class PresentationVerifier {
    private final PartyTrust parties;
    private final ReplayGuard replays;

    /** Takes what is signed by ES256 alone. */
    public PresentationVerifier(ReplayGuard replays) {
        this(replays, Suites.ES256_ALONE);
    }

    /** Takes what issuer and holder have signed by any of these suites. */
    public PresentationVerifier(ReplayGuard replays, Suites taken) {
        this.parties = new PartyTrust(taken);
        this.replays = replays;
    }

    public Verdict verify(Presentation presentation, Expectation expectation, TrustView trust, Instant now) {
        return new Judgement(presentation, expectation, trust, now, parties, replays).verdict();
    }
}
