package city.elicence.node.state;

import city.elicence.node.keys.Hashes;
import java.nio.charset.StandardCharsets;

/** Under which key each thing stands in the state: Indy's layout, which clients follow when they check a proof. */
public final class StateKeys {
    private StateKeys() {}

    public static byte[] nym(String did) {
        return Hashes.sha256(did);
    }

    public static byte[] attribute(String did, String nameHash) {
        return utf8(did + ":1:" + nameHash);
    }

    public static byte[] schema(String did, String name, String version) {
        return utf8(did + ":2:" + name + ":" + version);
    }

    public static byte[] claimDef(String did, String signatureType, String schemaSeqNo, String tag) {
        return utf8(did + ":3:" + signatureType + ":" + schemaSeqNo + ":" + tag);
    }

    /** A registry definition's id is its key: {@code <did>:4:<claim definition id>:<type>:<tag>}. */
    public static byte[] revocationRegistryDef(String did, String claimDefId, String type, String tag) {
        return utf8(did + ":4:" + claimDefId + ":" + type + ":" + tag);
    }

    public static byte[] byId(String id) {
        return utf8(id);
    }

    /** The last entry of a registry, with all its indices. */
    public static byte[] revocationEntry(String registryId) {
        return utf8("5:" + registryId);
    }

    /** The accumulator of a registry alone. */
    public static byte[] accumulator(String registryId) {
        return utf8("6:" + registryId);
    }

    public static byte[] latestAgreement() {
        return utf8("2:latest");
    }

    public static byte[] agreementOfVersion(String version) {
        return utf8("2:v:" + version);
    }

    public static byte[] agreement(String digest) {
        return utf8("2:d:" + digest);
    }

    public static byte[] latestMechanisms() {
        return utf8("3:latest");
    }

    public static byte[] mechanismsOfVersion(String version) {
        return utf8("3:v:" + version);
    }

    public static byte[] authRule(String action) {
        return utf8("1:" + action);
    }

    public static byte[] node(String dest) {
        return utf8(dest);
    }

    public static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
