package city.elicence.company.dossier;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.party.VerifiedParty;
import city.elicence.wallet.party.Vouching;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question by reference: a JWS of type {@value #TYPE} with the {@code x5c} of who asks, and the claims {@code aud} (this company's
 * dossier), {@code iat}, {@code nonce} and {@code reference}.
 */
public final class DossierQuery {
    public static final String TYPE = "dossier-query+jwt";

    private static final Duration OLDEST = Duration.ofSeconds(60);
    private static final int REMEMBERED = 100_000;

    private final Vouching vouching;
    private final Clock clock;
    private final ReplayGuard replays = ReplayGuard.inMemory(REMEMBERED);

    public DossierQuery(Supplier<TrustView> trust, Clock clock) {
        this.vouching = new Vouching(trust, clock);
        this.clock = clock;
    }

    /** A question of an accredited party, asked of this company, now, and for the first time. */
    public record Asked(String verifier, String verifierName, String nonce, String reference) {}

    /**
     * A question as who asks writes it.
     *
     * @param x5c the chain that certifies the key, leaf first
     * @param dossier whom it is for
     * @param nonce what the answers must be bound to
     */
    public static String sign(
            SigningKey key, List<String> x5c, URI dossier, String nonce, String reference, Instant now) {
        return Jws.sign(
                Map.of("typ", TYPE, "x5c", x5c),
                Map.of("aud", dossier.toString(), "iat", now.getEpochSecond(), "nonce", nonce, "reference", reference),
                key);
    }

    /** Empty where it is not such a one: the answer is then the same as where there is nothing. */
    public Optional<Asked> read(String compact, String audience) {
        try {
            Jws jws = Jws.parse(compact);
            Fields claims = Fields.of(jws.claims());
            Instant now = clock.instant();
            Instant at = claims.instant("iat");
            boolean current = !at.isBefore(now.minus(OLDEST)) && !at.isAfter(now.plus(OLDEST));
            @Nullable VerifiedParty party = vouching.signerOf(jws);
            if (party == null
                    || !jws.type().filter(TYPE::equals).isPresent()
                    || !claims.string("aud").equals(audience)
                    || !current
                    || !replays.firstSeen(jws.signingInput(), at.plus(OLDEST.multipliedBy(2)), now)) {
                return Optional.empty();
            }
            return Optional.of(new Asked(
                    party.did().value(),
                    party.accreditation().names().zh(),
                    claims.string("nonce"),
                    claims.string("reference")));
        } catch (JoseException | JsonException unreadable) {
            return Optional.empty();
        }
    }
}
