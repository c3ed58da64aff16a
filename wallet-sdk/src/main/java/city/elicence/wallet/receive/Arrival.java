package city.elicence.wallet.receive;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.party.VerifiedIssuer;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.shown.Contents;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.discover.TypeRules;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Verified;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer sent, looked at before anybody is shown it: of the type that was offered, bound to a key of this
 * wallet, and genuine by the same code that verifiers use.
 */
final class Arrival {
    private static final Set<Refusal> NOT_OF_THIS_CITY = Set.of(
            Refusal.ISSUER_UNKNOWN,
            Refusal.ISSUER_CHAIN_UNTRUSTED,
            Refusal.TYPE_UNKNOWN,
            Refusal.ISSUER_CERTIFICATE_MISSING);

    private final PresentationVerifier verifier;
    private final Supplier<TrustView> trust;
    private final TypeRules rules;
    private final Suites suites;
    private final Clock clock;

    Arrival(Supplier<TrustView> trust, TypeRules rules, Suites suites, Clock clock) {
        this.verifier = new PresentationVerifier(ReplayGuard.inMemory(1), suites);
        this.suites = suites;
        this.trust = trust;
        this.rules = rules;
        this.clock = clock;
    }

    HeldLicence check(Reception reception, int position, List<String> credentials, List<SigningKey> keys)
            throws RefusedException {
        Configuration configuration = reception.configuration(position);
        if (credentials.size() > Math.max(1, keys.size())) {
            throw new RefusedException(Reason.LICENCE_OF_ANOTHER_KEY, "more copies than keys");
        }
        Format format = configuration.format().orElseThrow();
        List<Copy> copies = new ArrayList<>();
        Party issuer = null;
        for (String credential : credentials) {
            Copy arrived = new Copy(format, credential, "", null, null, suites);
            Contents contents = read(arrived);
            if (!contents.type().equals(configuration.vct())) {
                throw new RefusedException(Reason.LICENCE_OF_ANOTHER_TYPE, "expected the type that was offered");
            }
            copies.add(new Copy(
                    format, credential, alias(reception, position, contents, keys, copies), null, null, suites));
            Party signer = signer(reception, configuration, credential);
            if (issuer != null && !issuer.equals(signer)) {
                throw new RefusedException(Reason.ISSUER_MISMATCH, "copies by several issuers");
            }
            issuer = signer;
        }
        if (issuer == null) {
            throw new RefusedException(Reason.LICENCE_UNREADABLE, "expected a licence");
        }
        if (format == Format.SD_JWT_VC) {
            rules.check(configuration.vct(), credentials);
        }
        URI receipts = reception.offering().metadata().receiptEndpoint();
        return new HeldLicence(
                reception.cardId(position),
                configuration.id(),
                configuration.vct(),
                configuration.name(),
                issuer,
                configuration.look(),
                configuration.labels(),
                copies,
                receipts == null ? null : receipts.toString(),
                null,
                clock.instant());
    }

    private static Contents read(Copy arrived) throws RefusedException {
        try {
            if (arrived.format() == Format.SD_JWT_VC
                    && SdJwt.parse(arrived.credential()).keyBinding().isPresent()) {
                throw new RefusedException(Reason.LICENCE_UNREADABLE, "an issuer sends no key binding");
            }
            return arrived.contents();
        } catch (SdJwtException e) {
            throw new RefusedException(Reason.LICENCE_UNREADABLE, e.problem() + ": " + e.getMessage());
        } catch (RefusedException e) {
            throw new RefusedException(Reason.LICENCE_UNREADABLE, "expected a licence in the format that was offered");
        }
    }

    /** The alias of the key in {@code cnf}: one of this order's, and no other copy's. */
    private static String alias(
            Reception reception, int position, Contents contents, List<SigningKey> keys, List<Copy> earlier)
            throws RefusedException {
        EcPublicKey bound = contents.holderKey();
        if (!reception.configuration(position).bound()) {
            if (bound != null) {
                throw new RefusedException(Reason.LICENCE_OF_ANOTHER_KEY, "expected to be bound to no key");
            }
            return "";
        }
        for (int copy = 0; copy < keys.size(); copy++) {
            String alias = reception.holderKey(position, copy);
            boolean taken = earlier.stream().anyMatch(other -> other.keyAlias().equals(alias));
            if (keys.get(copy).publicKey().equals(bound) && !taken) {
                return alias;
            }
        }
        throw new RefusedException(Reason.LICENCE_OF_ANOTHER_KEY, "expected to be bound to a key of this request");
    }

    private Party signer(Reception reception, Configuration configuration, String credential) throws RefusedException {
        Verdict verdict = verifier.verify(
                Presentation.in(configuration.format().orElseThrow(), credential),
                Expectation.receivedFromIssuer().ofTypes(List.of(configuration.vct())),
                trust.get(),
                clock.instant());
        Party expected = reception.offering().issuer();
        if (verdict instanceof Verdict.Accepted accepted) {
            VerifiedIssuer issuer = accepted.credential().issuer();
            String did = issuer.did().value();
            if (expected.accredited() && !did.equals(expected.did())) {
                throw new RefusedException(
                        Reason.ISSUER_MISMATCH, "offered by " + expected.did() + ", signed by " + did);
            }
            Words name = new Words(issuer.names().zh(), issuer.names().en());
            return new Party(expected.id(), name, Standing.ACCREDITED, did);
        }
        Verdict.Refused refused = (Verdict.Refused) verdict;
        if (expected.accredited() || !NOT_OF_THIS_CITY.contains(refused.refusal())) {
            throw new RefusedException(Verified.refusal(refused.refusal(), refused.detail()));
        }
        if (!reception.strangersAccepted()) {
            throw new RefusedException(
                    Reason.ISSUER_NOT_ACCREDITED, refused.refusal().code() + ": " + refused.detail());
        }
        return stranger(configuration, expected, credential);
    }

    /** An issuer whom nobody here knows, and whom the holder wants all the same: its signature must still be good. */
    private Party stranger(Configuration configuration, Party issuer, String credential) throws RefusedException {
        @Nullable
        String problem =
                ForeignLicence.problem(configuration.format().orElseThrow(), credential, suites, clock.instant());
        if (problem != null) {
            throw new RefusedException(Reason.LICENCE_NOT_GENUINE, problem);
        }
        return Party.stranger(issuer.id(), issuer.name());
    }
}
