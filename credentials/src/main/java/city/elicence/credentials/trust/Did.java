package city.elicence.credentials.trust;

import city.elicence.credentials.json.JsonException;

/** A party's identifier on the ledger: {@code did:indy:<namespace>:<base58 of 16 bytes>}. */
public record Did(String value) {
    private static final String METHOD = "did:indy:";
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public Did {
        int colon = value.lastIndexOf(':');
        String id = value.substring(colon + 1);
        if (!value.startsWith(METHOD)
                || colon < METHOD.length() + 1
                || colon > METHOD.length() + 63
                || id.length() < 21
                || id.length() > 22
                || !allIn(id, BASE58)
                || !allIn(value.substring(METHOD.length(), colon), "abcdefghijklmnopqrstuvwxyz0123456789-_:")) {
            throw new IllegalArgumentException("expected did:indy:<namespace>:<21 or 22 characters of base58>");
        }
    }

    public static Did of(String namespace, String base58) {
        return new Did(METHOD + namespace + ':' + base58);
    }

    public static Did parse(String text) throws JsonException {
        try {
            return new Did(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException(e.getMessage() == null ? "expected a DID" : e.getMessage(), e);
        }
    }

    /** The base58 part: the DID as the ledger itself writes it. */
    public String base58() {
        return value.substring(value.lastIndexOf(':') + 1);
    }

    public String namespace() {
        return value.substring(METHOD.length(), value.lastIndexOf(':'));
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean allIn(String text, String alphabet) {
        return text.chars().allMatch(c -> alphabet.indexOf(c) >= 0);
    }
}
