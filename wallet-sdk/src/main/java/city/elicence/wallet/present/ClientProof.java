package city.elicence.wallet.present;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.DidKeys;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** That who asks is who the client identifier says, by the rules of its prefix: OpenID4VP section 5.9.3. */
final class ClientProof {
    private final @Nullable DidKeys didKeys;

    ClientProof(@Nullable DidKeys didKeys) {
        this.didKeys = didKeys;
    }

    /** What a client identifier binds: the response may go to this host, or to this address, and nowhere else. */
    record Bound(@Nullable String host, @Nullable String address) {
        static final Bound NOT_BY_THE_TEXT = new Bound(null, null);

        boolean allows(URI responseUri) {
            if (address != null && !address.equals(responseUri.toString())) {
                return false;
            }
            return host == null || host.equalsIgnoreCase(responseUri.getHost());
        }
    }

    Bound check(RequestText.Received received) throws RefusedException {
        String clientId = received.clientId();
        int colon = clientId.indexOf(':');
        String prefix = colon < 0 ? "" : clientId.substring(0, colon);
        String name = clientId.substring(colon + 1);
        Jws signed = received.signed();
        return switch (prefix) {
            case "redirect_uri" -> unsigned(signed, name);
            case "x509_hash" -> byHash(signedBy(signed), name);
            case "x509_san_dns" -> byDnsName(signedBy(signed), name);
            case "decentralized_identifier" -> byDid(signed, name);
            default -> throw new RefusedException(Reason.CLIENT_ID_NOT_SUPPORTED, "client_id: an unknown prefix");
        };
    }

    private static Bound unsigned(@Nullable Jws signed, String address) throws RefusedException {
        if (signed != null) {
            throw new RefusedException(
                    Reason.CLIENT_NOT_PROVEN, "redirect_uri: there is no key that such a request is signed by");
        }
        return new Bound(null, address);
    }

    /** The chain by whose leaf the request is signed. */
    private static CertificateChain signedBy(@Nullable Jws signed) throws RefusedException {
        if (signed == null) {
            throw new RefusedException(Reason.REQUEST_NOT_SIGNED, "this client_id needs a signed request");
        }
        try {
            Optional<CertificateChain> chain = signed.certificates();
            if (!chain.isPresent()) {
                throw new RefusedException(Reason.CLIENT_NOT_PROVEN, "x5c: expected in the header");
            }
            if (!signed.verifiedBy(chain.get().leafKey())) {
                throw new RefusedException(Reason.REQUEST_NOT_GENUINE, "expected a signature by the leaf of x5c");
            }
            X509Certificate leaf = chain.get().leaf();
            if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
                // HAIP section 5.
                throw new RefusedException(Reason.CLIENT_NOT_PROVEN, "x5c: expected a leaf that is not self-signed");
            }
            return chain.get();
        } catch (JoseException e) {
            throw new RefusedException(Reason.CLIENT_NOT_PROVEN, String.valueOf(e.getMessage()));
        }
    }

    private static Bound byHash(CertificateChain chain, String hash) throws RefusedException {
        if (!chain.sha256OfLeaf().equals(hash)) {
            throw new RefusedException(Reason.CLIENT_NOT_PROVEN, "client_id: expected the hash of the leaf of x5c");
        }
        return Bound.NOT_BY_THE_TEXT;
    }

    private static Bound byDnsName(CertificateChain chain, String host) throws RefusedException {
        for (String name : chain.leafDnsNames()) {
            if (name.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT))) {
                return new Bound(host, null);
            }
        }
        throw new RefusedException(Reason.CLIENT_NOT_PROVEN, "client_id: expected a DNS name of the leaf of x5c");
    }

    private Bound byDid(@Nullable Jws signed, String did) throws RefusedException {
        if (signed == null) {
            throw new RefusedException(Reason.REQUEST_NOT_SIGNED, "this client_id needs a signed request");
        }
        if (didKeys == null) {
            throw new RefusedException(Reason.CLIENT_ID_NOT_SUPPORTED, "this wallet resolves no DIDs");
        }
        Object kid = signed.header().get("kid");
        boolean ofThisDid = kid instanceof String url && (url.startsWith(did + "#") || url.startsWith("#"));
        if (!ofThisDid) {
            throw new RefusedException(Reason.CLIENT_NOT_PROVEN, "kid: expected a key of " + did);
        }
        EcPublicKey key = didKeys.key(did, String.valueOf(kid));
        if (key == null) {
            throw new RefusedException(Reason.CLIENT_NOT_PROVEN, "kid: no such key in the DID document");
        }
        if (!signed.verifiedBy(key)) {
            throw new RefusedException(Reason.REQUEST_NOT_GENUINE, "expected a signature by the key of the DID");
        }
        return Bound.NOT_BY_THE_TEXT;
    }
}
