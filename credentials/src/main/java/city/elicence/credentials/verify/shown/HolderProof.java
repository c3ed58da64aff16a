package city.elicence.credentials.verify.shown;

import city.elicence.credentials.jose.EcPublicKey;
import java.util.Map;

/**
 * The holder's proof, verified.
 *
 * @param key whose it is
 * @param statement what the holder signed beside, a JSON tree
 * @param detail for the verdict
 */
public record HolderProof(EcPublicKey key, Map<String, Object> statement, String detail) {}
