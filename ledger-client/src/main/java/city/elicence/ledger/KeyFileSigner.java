package city.elicence.ledger;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A ledger key in a file: JSON with {@code did} (base58 identifier), {@code verkey} and {@code seed} (32 bytes in hex), which
 * only its owner can read. The seed is never printed, and leaves this class in a signature only.
 */
public final class KeyFileSigner implements LedgerSigner {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Did did;
    private final String verkey;
    private final byte[] seed;

    private KeyFileSigner(Did did, byte[] seed) {
        this.did = did;
        this.seed = seed;
        this.verkey = Base58.encode(publicKey(seed));
    }

    /** Reads a key file; refuses one that others than its owner can read. */
    public static KeyFileSigner open(Path file, String namespace) throws IOException {
        if (hasOwners() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: make it private with chmod 600,"
                    + " and consider the key known to them");
        }
        try {
            Fields fields = Fields.parse(Files.readString(file));
            byte[] seed = HexFormat.of().parseHex(fields.string("seed"));
            if (seed.length != Ed25519.SECRET_KEY_SIZE) {
                throw new IOException(file + " holds no seed of " + Ed25519.SECRET_KEY_SIZE + " bytes");
            }
            return new KeyFileSigner(Did.of(namespace, fields.string("did")), seed);
        } catch (JsonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a key file", e);
        }
    }

    /** Makes a key and its file. The DID is self-certifying: its identifier is taken from the SHA-256 of the key. */
    public static KeyFileSigner create(Path file, String namespace) throws IOException {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        String id = Base58.encode(Arrays.copyOf(Sha256.of(publicKey(seed)), 16));
        KeyFileSigner signer = new KeyFileSigner(Did.of(namespace, id), seed);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("did", id);
        content.put("verkey", signer.verkey);
        content.put("seed", HexFormat.of().formatHex(seed));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // Created with its permissions, not given them afterwards: at no moment can another user read it.
        FileAttribute<?>[] attributes = hasOwners()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
        Files.write(file, Json.write(content).getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        return signer;
    }

    /** Reads the key file, or makes it when there is none. */
    public static KeyFileSigner openOrCreate(Path file, String namespace) throws IOException {
        return Files.exists(file) ? open(file, namespace) : create(file, namespace);
    }

    @Override
    public Did did() {
        return did;
    }

    @Override
    public String verkey() {
        return verkey;
    }

    @Override
    public byte[] sign(byte[] input) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, input, 0, input.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "KeyFileSigner[" + did.value() + "]";
    }

    private static byte[] publicKey(byte[] seed) {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    private static boolean hasOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
