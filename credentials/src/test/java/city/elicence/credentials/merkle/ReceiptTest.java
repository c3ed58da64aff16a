package city.elicence.credentials.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
    private static final String LOG = "did:indy:beijing:7Tqg6BwSSWapxgUDm9KKgg";
    private static final String JWT = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl";
    private final byte[] salt = new byte[16];

    @Test
    @DisplayName("A receipt proves the credential that it was made for, and no other")
    void proves() {
        Receipt receipt = receipt(37, 100);
        assertTrue(receipt.proves(JWT));
        assertFalse(receipt.proves(JWT + "x"));
    }

    @Test
    @DisplayName("A receipt with another salt, index, size or root proves nothing")
    void altered() {
        Receipt r = receipt(37, 100);
        String otherSalt = "AAAAAAAAAAAAAAAAAAAAAQ";
        assertFalse(new Receipt(r.log(), r.index(), r.size(), r.root(), otherSalt, r.path()).proves(JWT));
        assertFalse(new Receipt(r.log(), 36, r.size(), r.root(), r.salt(), r.path()).proves(JWT));
        assertFalse(new Receipt(r.log(), r.index(), 5000, r.root(), r.salt(), r.path()).proves(JWT));
        assertFalse(new Receipt(r.log(), r.index(), r.size(), MerkleHash.emptyRoot(), r.salt(), r.path()).proves(JWT));
    }

    @Test
    @DisplayName("Version 1 of the JSON is read as it was written")
    void roundTrip() throws Exception {
        for (int size = 1; size < 40; size++) {
            Receipt receipt = receipt(size / 2, size);
            assertEquals(receipt, Receipt.fromJson(Json.parseObject(Json.write(receipt.toJson()))));
        }
        assertEquals(
                List.of("v", "log", "index", "size", "root", "salt", "path"),
                List.copyOf(receipt(1, 3).toJson().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "log", "index", "size", "root", "salt", "path"})
    @DisplayName("A receipt without one of its fields, or with one of another kind, is refused by the field's name")
    void malformed(String field) {
        Map<String, Object> without = new LinkedHashMap<>(receipt(3, 8).toJson());
        without.remove(field);
        assertThrows(JsonException.class, () -> Receipt.fromJson(without));
        for (Object wrong : List.of(true, -1L, "!", List.of(1L), 2L)) {
            Map<String, Object> changed = new LinkedHashMap<>(receipt(3, 8).toJson());
            if (!(field.equals("index") && wrong.equals(2L)) && !(field.equals("log") && wrong instanceof String)) {
                changed.put(field, wrong);
                assertThrows(JsonException.class, () -> Receipt.fromJson(changed), field + " = " + wrong);
            }
        }
    }

    @Test
    @DisplayName("The entry is SHA-256(salt || SHA-256(JWT)): salts of one bit's difference give other leaves")
    void salted() {
        byte[] other = salt.clone();
        other[0] = 1;
        assertFalse(LogEntry.ofJwt(salt, JWT)
                .leafHash()
                .equals(LogEntry.ofJwt(other, JWT).leafHash()));
        assertThrows(IllegalArgumentException.class, () -> LogEntry.ofJwt(new byte[15], JWT));
    }

    private Receipt receipt(int index, int size) {
        Random random = new Random(7);
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            byte[] digest = new byte[32];
            random.nextBytes(digest);
            tree.append(i == index ? LogEntry.ofJwt(salt, JWT) : LogEntry.of(salt, digest));
        }
        return Receipt.of(LOG, tree, index, size, salt);
    }
}
