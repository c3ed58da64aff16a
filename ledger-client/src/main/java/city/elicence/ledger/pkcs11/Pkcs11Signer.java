package city.elicence.ledger.pkcs11;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A ledger key in a hardware security module, where it was made and which it never leaves. */
public final class Pkcs11Signer implements LedgerSigner, AutoCloseable {
    private static final long PUBLIC_KEY = 2;
    private static final long PRIVATE_KEY = 3;
    private static final long EDWARDS = 0x40;
    /** The object identifier of Ed25519 (RFC 8410), DER. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");

    private static final int MAX_POINT_BYTES = 64;

    private final Did did;
    private final String verkey;
    private final Cryptoki module;
    private final long session;
    private final long key;
    /** A session signs one thing at a time. */
    private final ReentrantLock signing = new ReentrantLock();

    private Pkcs11Signer(Pkcs11Settings settings, Cryptoki module, long session) throws IOException {
        this.module = module;
        this.session = session;
        byte[] publicKey = publicKey(settings.key());
        this.key = module.find(session, named(settings.key(), PRIVATE_KEY))
                .orElseThrow(() -> new IOException("the token has no private key " + settings.key()));
        this.verkey = Base58.encode(publicKey);
        Did given = settings.did();
        this.did = given != null
                ? given
                : Did.of(settings.namespace(), Base58.encode(Arrays.copyOf(Sha256.of(publicKey), 16)));
        byte[] probe = "elicence-key-check".getBytes(StandardCharsets.UTF_8);
        if (!Ed25519.verify(sign(probe), 0, publicKey, 0, probe, 0, probe.length)) {
            throw new IOException("private and public key " + settings.key() + " of the token are not a pair");
        }
    }

    /** Opens a key that is on the token. */
    public static Pkcs11Signer open(Pkcs11Settings settings) throws IOException {
        return open(settings, false);
    }

    /** Makes the key on the token when it is not there: not readable, not to be taken out. */
    public static Pkcs11Signer openOrCreate(Pkcs11Settings settings) throws IOException {
        return open(settings, true);
    }

    private static Pkcs11Signer open(Pkcs11Settings settings, boolean create) throws IOException {
        Cryptoki module = Cryptoki.load(settings.module());
        long session = module.session(module.slot(settings.token()), pin(settings.pinFile()), create);
        try {
            if (create
                    && module.find(session, named(settings.key(), PRIVATE_KEY)).isEmpty()) {
                module.generateEdwardsPair(
                        session,
                        new Attributes()
                                .with(Attributes.EC_PARAMS, ED25519)
                                .with(Attributes.TOKEN, true)
                                .with(Attributes.VERIFY, true)
                                .with(Attributes.LABEL, settings.key()),
                        new Attributes()
                                .with(Attributes.TOKEN, true)
                                .with(Attributes.PRIVATE, true)
                                .with(Attributes.SENSITIVE, true)
                                .with(Attributes.EXTRACTABLE, false)
                                .with(Attributes.SIGN, true)
                                .with(Attributes.LABEL, settings.key()));
            }
            return new Pkcs11Signer(settings, module, session);
        } catch (IOException | RuntimeException e) {
            module.closeSession(session);
            throw e;
        }
    }

    private static Attributes named(String label, long objectClass) {
        return new Attributes()
                .with(Attributes.CLASS, objectClass)
                .with(Attributes.KEY_TYPE, EDWARDS)
                .with(Attributes.LABEL, label);
    }

    /** The point stands as it is, or in an OCTET STRING: makers differ. */
    private byte[] publicKey(String label) throws IOException {
        long object = module.find(session, named(label, PUBLIC_KEY))
                .orElseThrow(() -> new IOException("the token has no Ed25519 public key " + label));
        byte[] point = module.attribute(session, object, Attributes.EC_POINT, MAX_POINT_BYTES);
        if (point.length < Ed25519.PUBLIC_KEY_SIZE) {
            throw new IOException("public key " + label + " of the token is not one of Ed25519");
        }
        return Arrays.copyOfRange(point, point.length - Ed25519.PUBLIC_KEY_SIZE, point.length);
    }

    private static byte[] pin(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && !Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                        .containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: make it private with chmod 600");
        }
        return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
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
        signing.lock();
        try {
            return module.sign(session, key, input);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            signing.unlock();
        }
    }

    @Override
    public void close() {
        module.closeSession(session);
    }

    @Override
    public String toString() {
        return "Pkcs11Signer[" + did.value() + "]";
    }
}
