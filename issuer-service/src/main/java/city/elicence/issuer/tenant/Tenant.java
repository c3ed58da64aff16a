package city.elicence.issuer.tenant;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuing authority: a row and a key, not a deployment.
 *
 * @param id its part of every address
 * @param did its DID on the ledger
 * @param roles what kind of authority it is, in the catalogue's words
 * @param key signs by ES256: metadata, receipts, status tokens in CWT form, and licences where nothing else is said
 * @param requestKey credential requests are encrypted to it (OpenID4VCI 1.0 §10)
 * @param chain x5c: the key's certificate first, without the trust anchor
 * @param suiteSigner signs SD-JWT VCs and the status tokens of lists opened for them by another suite; null where ES256 does
 * @param documentSigner signs mobile documents; null where the authority issues none
 * @param accredited types that the ledger lets it issue; empty when the ledger was never heard
 */
public record Tenant(
        String id,
        String did,
        Names names,
        List<String> roles,
        SoftwareKey key,
        SoftwareKey requestKey,
        CertificateChain chain,
        @Nullable Signer suiteSigner,
        @Nullable DocumentSigner documentSigner,
        Accredited accredited) {

    /** What people call it. */
    public record Names(String zh, String en) {}

    /** What the ledger says it may issue, if the ledger was ever heard. */
    public sealed interface Accredited {
        /** Never heard: nothing is refused for it, and the desk says so. */
        record Unheard() implements Accredited {}

        /** As of the last time the ledger answered. */
        record For(Set<String> types) implements Accredited {
            public For {
                types = Set.copyOf(types);
            }
        }

        static Accredited of(Optional<Set<String>> types) {
            return types.<Accredited>map(For::new).orElseGet(Unheard::new);
        }
    }

    public Tenant {
        roles = List.copyOf(roles);
    }

    /** What signs SD-JWT VCs. */
    public Signer licenceSigner() {
        return suiteSigner == null ? new Signer(key, chain) : suiteSigner;
    }

    /** By which suite licences of a format are signed, and the JWTs of the status lists that are opened for them. */
    public Suite suite(Format format) {
        return format == Format.MDOC ? Suite.ES256 : licenceSigner().key().suite();
    }

    /**
     * What signs the JWTs of a status list.
     *
     * @param algorithm of the suite with which the list was opened; when the authority has no key of it any more, ES256 signs,
     *     which all take
     */
    public Signer listSigner(String algorithm) {
        Signer now = licenceSigner();
        return now.key().suite().algorithm().equals(algorithm) ? now : new Signer(key, chain);
    }

    /** To whose keys licences are bound: ES256, and the suite by which they are signed. */
    public Suites suites(Format format) {
        return Suites.and(suite(format));
    }

    /** Whether the ledger is known not to let it issue a type. */
    public boolean isKnownUnaccreditedFor(String type) {
        return switch (accredited) {
            case Accredited.Unheard() -> false;
            case Accredited.For(Set<String> types) -> !types.contains(type);
        };
    }
}
