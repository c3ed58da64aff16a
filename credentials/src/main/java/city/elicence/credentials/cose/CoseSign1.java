package city.elicence.credentials.cose;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suite;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** COSE_Sign1 (RFC 9052 §4.2). Nothing in it is true until {@link #verifiedBy} says so; ES256 alone ever verifies. */
public final class CoseSign1 {
    /** The tag of COSE_Sign1. */
    public static final long TAG = 18;

    /** RFC 9360 §2: the header with the signer's certificates. */
    public static final long X5CHAIN = 33;

    private static final String CONTEXT = "Signature1";
    private static final long ALG = 1;
    private static final long ES256 = -7;

    /** RFC 9864 §2.1: the same, of which the name says that the curve is P-256; every key here is on it. */
    private static final long ESP256 = -9;

    private final CoseStructure structure;

    private CoseSign1(CoseStructure structure) {
        this.structure = structure;
    }

    /** Reads the structure, with or without its tag. */
    public static CoseSign1 parse(@Nullable Object tree) throws CborException {
        return new CoseSign1(CoseStructure.parse(tree, TAG));
    }

    /** Signs a payload; {@code more} goes into the protected header beside the algorithm. */
    public static CoseSign1 sign(
            Map<Long, Object> more, Map<Long, Object> unprotectedHeader, byte[] payload, SigningKey key) {
        if (!key.suite().equals(Suite.ES256)) {
            throw new IllegalArgumentException("COSE: only ES256 is signed");
        }
        Map<Long, Object> header = new LinkedHashMap<>(more);
        header.put(ALG, ES256);
        byte[] protectedHeader = Cbor.encode(header);
        byte[] signature = key.sign(CoseStructure.toBeProved(CONTEXT, protectedHeader, payload));
        return new CoseSign1(new CoseStructure(protectedHeader, unprotectedHeader, payload, signature));
    }

    /** The same without its payload, which both sides know (RFC 9052 §2). */
    public CoseSign1 detached() {
        return new CoseSign1(
                new CoseStructure(structure.protectedHeader(), structure.unprotectedHeader(), null, structure.proof()));
    }

    /** Whether that key signed the payload that is inside. */
    public boolean verifiedBy(EcPublicKey key) {
        byte[] payload = structure.payload();
        return payload != null && isSigned(key, payload);
    }

    /** Whether that key signed that payload, which is not inside. */
    public boolean verifiedBy(EcPublicKey key, byte[] detachedPayload) {
        return structure.payload() == null && isSigned(key, detachedPayload);
    }

    private boolean isSigned(EcPublicKey key, byte[] payload) {
        byte[] input = CoseStructure.toBeProved(CONTEXT, structure.protectedHeader(), payload);
        return (structure.hasAlgorithm(ES256) || structure.hasAlgorithm(ESP256))
                && key.suite().equals(Suite.ES256)
                && key.verifies(input, structure.proof());
    }

    /** The payload, when it is inside. */
    public Optional<byte[]> payload() {
        byte[] payload = structure.payload();
        return payload == null ? Optional.empty() : Optional.of(payload.clone());
    }

    /** A field of the protected header. */
    public Optional<Object> protectedField(long label) throws CborException {
        return Optional.ofNullable(structure.protectedField(label));
    }

    /** The certificates under x5chain in either header: one byte string, or an array of them. */
    public Optional<CertificateChain> certificates() throws CborException {
        Object chain = structure.unprotectedHeader().get(X5CHAIN);
        Object found = chain == null ? structure.protectedField(X5CHAIN) : chain;
        if (found == null) {
            return Optional.empty();
        }
        List<String> x5c = new ArrayList<>();
        for (Object certificate : found instanceof List<?> list ? list : List.of(found)) {
            if (!(certificate instanceof byte[] der)) {
                throw new CborException("expected byte strings under x5chain");
            }
            x5c.add(Base64.getEncoder().encodeToString(der));
        }
        try {
            return Optional.of(CertificateChain.fromX5c(x5c));
        } catch (JoseException e) {
            throw new CborException("expected certificates under x5chain", e);
        }
    }

    /** The header value for a chain (RFC 9360 §2): a single certificate stands by itself. */
    public static Object x5chain(CertificateChain chain) {
        List<Object> certificates = new ArrayList<>();
        for (String certificate : chain.toX5c()) {
            certificates.add(Base64.getDecoder().decode(certificate));
        }
        return certificates.size() == 1 ? certificates.get(0) : certificates;
    }

    /** The array of four, without the tag. */
    public List<@Nullable Object> toCbor() {
        return structure.toCbor();
    }
}
