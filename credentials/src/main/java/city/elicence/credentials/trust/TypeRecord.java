package city.elicence.credentials.trust;

/** A credential type on the ledger: its id and version in the catalogue, its {@code vct}, the digest of its definition. */
public record TypeRecord(String id, int version, String vct, String digest) {
    public TypeRecord {
        if (id.isEmpty() || version < 1 || vct.isEmpty() || digest.isEmpty()) {
            throw new IllegalArgumentException("expected id, version, vct and digest");
        }
    }
}
