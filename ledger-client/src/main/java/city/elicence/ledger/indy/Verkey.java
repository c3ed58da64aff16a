package city.elicence.ledger.indy;

/** Ed25519 public keys as Indy writes them. */
public final class Verkey {

    private Verkey() {}

    /** An abbreviated key ({@code ~} and its second half) is the DID's bytes followed by that half. */
    public static String inFull(String id, String verkey) {
        if (!verkey.startsWith("~")) {
            return verkey;
        }
        byte[] first = Base58.decode(id);
        byte[] second = Base58.decode(verkey.substring(1));
        byte[] key = new byte[first.length + second.length];
        System.arraycopy(first, 0, key, 0, first.length);
        System.arraycopy(second, 0, key, first.length, second.length);
        return Base58.encode(key);
    }
}
