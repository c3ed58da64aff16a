package city.elicence.credentials.merkle;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proof that a credential is in its issuer's log, kept by the wallet. As JSON, version 1:
 *
 * <pre>{"v":1, "log":"did:indy:…", "index":5, "size":8, "root":b64u(32), "salt":b64u(16), "path":[b64u(32), …]}</pre>
 *
 * It says nothing about the ledger: who checks it compares {@link #root} with the head that the log's owner anchored for
 * {@link #size}.
 *
 * @param log the DID whose log it is: the issuer's
 * @param index the entry's place, from zero
 * @param size the size of the tree that the path leads to
 * @param root the root of that tree
 * @param salt 16 octets in base64url
 * @param path RFC 9162 §2.1.3, from the leaf's sibling upwards
 */
public record Receipt(String log, long index, long size, MerkleHash root, String salt, List<MerkleHash> path) {
    /** The version that {@link #toJson} writes and the only one that is read. */
    public static final long VERSION = 1;

    private static final int MAX_PATH = 63;
    private static final int MAX_LOG_LENGTH = 256;

    public Receipt {
        path = List.copyOf(path);
        if (log.isEmpty() || log.length() > MAX_LOG_LENGTH || index < 0 || index >= size || path.size() > MAX_PATH) {
            throw new IllegalArgumentException("receipt: log, index, size or path out of range");
        }
        if (saltOctets(salt).length != LogEntry.SALT_LENGTH) {
            throw new IllegalArgumentException("receipt: salt must be 16 octets");
        }
    }

    /** The receipt for a leaf of a tree, which must have that entry at that index. */
    public static Receipt of(String log, MerkleTree tree, long index, long size, byte[] salt) {
        return new Receipt(log, index, size, tree.root(size), Base64Url.encode(salt), tree.inclusionProof(index, size));
    }

    /** Reads version 1. */
    public static Receipt fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        if (fields.longValue("v") != VERSION) {
            throw new JsonException("v: expected receipt version " + VERSION);
        }
        List<MerkleHash> path = new ArrayList<>();
        try {
            for (String hash : fields.strings("path")) {
                path.add(MerkleHash.fromBase64Url(hash));
            }
            return new Receipt(
                    fields.string("log"),
                    fields.longValue("index"),
                    fields.longValue("size"),
                    MerkleHash.fromBase64Url(fields.string("root")),
                    fields.string("salt"),
                    path);
        } catch (IllegalArgumentException e) {
            throw new JsonException("expected a receipt: " + e.getMessage(), e);
        }
    }

    /** The JSON tree, fields in the order of the class comment. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("log", log);
        json.put("index", index);
        json.put("size", size);
        json.put("root", root.toBase64Url());
        json.put("salt", salt);
        List<Object> hashes = new ArrayList<>();
        for (MerkleHash hash : path) {
            hashes.add(hash.toBase64Url());
        }
        json.put("path", hashes);
        return json;
    }

    /** Whether this receipt's path leads from that issuer-signed JWT to this receipt's root. */
    public boolean proves(String issuerSignedJwt) {
        return proves(LogEntry.digestOf(issuerSignedJwt));
    }

    /** Whether this receipt's path leads from the credential with that SHA-256 to this receipt's root. */
    public boolean proves(byte[] credentialSha256) {
        return rootFor(credentialSha256).filter(root::equals).isPresent();
    }

    /** The root to which the path leads from that issuer-signed JWT; empty when the path's length is wrong. */
    public Optional<MerkleHash> rootFor(String issuerSignedJwt) {
        return rootFor(LogEntry.digestOf(issuerSignedJwt));
    }

    private Optional<MerkleHash> rootFor(byte[] credentialSha256) {
        MerkleHash leaf = LogEntry.of(saltOctets(salt), credentialSha256).leafHash();
        return Optional.ofNullable(MerkleProof.rootFrom(leaf, index, size, path));
    }

    private static byte[] saltOctets(String salt) {
        try {
            return Base64Url.decode(salt);
        } catch (JsonException e) {
            throw new IllegalArgumentException("receipt: salt must be base64url", e);
        }
    }
}
