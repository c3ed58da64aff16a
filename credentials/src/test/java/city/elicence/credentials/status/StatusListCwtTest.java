package city.elicence.credentials.status;

import static city.elicence.credentials.status.StatusListTest.assertReason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseSign1;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.status.StatusException.Reason;
import city.elicence.credentials.verify.TestParty;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusListCwtTest {
    private static final URI LISTED = URI.create("https://licence.example/traffic-police/status/1");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(5);
    private final TestParty police = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");

    @Test
    @DisplayName("Token Status List §5.2: signed, read, checked; the chain under x5chain")
    void wholeWay() throws Exception {
        StatusListCwt token = StatusListCwt.parse(signed());
        StatusList list = token.check(police.key().publicKey(), LISTED, NOW, SKEW);
        assertEquals(StatusList.SUSPENDED, list.get(6));
        assertEquals(StatusList.VALID, list.get(7));
        assertEquals(
                police.key().publicKey(), token.certificates().orElseThrow().leafKey());
    }

    @Test
    @DisplayName("§8.3: another key, another list, an expired token are refused")
    void refused() throws Exception {
        StatusListCwt token = StatusListCwt.parse(signed());
        URI other = URI.create("https://licence.example/traffic-police/status/2");
        assertReason(
                Reason.BAD_SIGNATURE, () -> token.check(SoftwareKey.generate().publicKey(), LISTED, NOW, SKEW));
        assertReason(Reason.WRONG_SUBJECT, () -> token.check(police.key().publicKey(), other, NOW, SKEW));
        assertReason(
                Reason.EXPIRED,
                () -> token.check(police.key().publicKey(), LISTED, NOW.plus(Duration.ofHours(2)), SKEW));
        assertReason(
                Reason.NOT_YET_ISSUED,
                () -> token.check(police.key().publicKey(), LISTED, NOW.minus(Duration.ofHours(2)), SKEW));
    }

    @Test
    @DisplayName("§5.2: the example of the standard has the form of a token, and its list is that of §4.3")
    void example() throws Exception {
        String hex = Vectors.read(Vectors.folder("token-status-list/examples").resolve("status_list_cwt.md"));
        StatusListCwt token = StatusListCwt.parse(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
        assertEquals(URI.create("https://example.com/statuslists/1"), token.subject());
        assertEquals(Instant.ofEpochSecond(1686920170), token.issuedAt());
        assertReason(Reason.BAD_SIGNATURE, () -> token.check(police.key().publicKey(), token.subject(), NOW, SKEW));
    }

    @Test
    @DisplayName("Appendix C: the lists in CBOR are read, and are those in JSON")
    void appendixC() throws Exception {
        String json = Vectors.read(Vectors.folder("token-status-list").resolve("test_vectors.json"));
        for (Object vector : (List<?>) Objects.requireNonNull(Json.parse(json))) {
            Fields fields = Fields.of(Json.asObject(vector));
            Object tree = Cbor.decode(HexFormat.of().parseHex(fields.string("cbor_hex")));
            if (tree instanceof Map<?, ?> list
                    && list.get("bits") instanceof Long bits
                    && list.get("lst") instanceof byte[] lst) {
                assertEquals(StatusList.fromJson(fields.map()), StatusList.decompress(bits.intValue(), lst));
            } else {
                throw new AssertionError("expected bits and lst");
            }
        }
    }

    @Test
    @DisplayName("§5.2: without a required claim, with another type or without the tag, it is no token")
    void malformed() throws Exception {
        for (long claim : new long[] {2, 6, 65533}) {
            Map<Object, Object> claims = claims();
            claims.remove(claim);
            assertMalformed(claims, StatusListCwt.MEDIA_TYPE);
        }
        Map<Object, Object> claims = claims();
        assertMalformed(claims, "application/cwt");
        claims.put(65534L, 0L);
        assertMalformed(claims, StatusListCwt.MEDIA_TYPE);
        claims.put(65534L, "a day");
        assertMalformed(claims, StatusListCwt.MEDIA_TYPE);
        Object untagged = ((Tagged) Objects.requireNonNull(Cbor.decode(signed()))).content();
        assertReason(Reason.MALFORMED_TOKEN, () -> StatusListCwt.parse(Cbor.encode(untagged)));
    }

    @Test
    @DisplayName("Property: one flipped bit of a token is never accepted, except in the certificates beside it")
    void flippedBit() {
        byte[] good = signed();
        Random random = new Random(5);
        int accepted = 0;
        for (int bit = 0; bit < good.length * 8; bit += 1 + random.nextInt(8)) {
            byte[] changed = good.clone();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            try {
                StatusListCwt token = StatusListCwt.parse(changed);
                token.check(police.key().publicKey(), LISTED, NOW, SKEW);
                accepted++;
                assertThrows(AssertionError.class, () -> assertSameChain(token), "bit " + bit);
            } catch (StatusException e) {
                // refused, as it should be
            }
        }
        assertEquals(true, accepted < good.length * 8 / 4);
    }

    private void assertSameChain(StatusListCwt token) {
        try {
            assertEquals(
                    police.chain().toX5c(), token.certificates().orElseThrow().toX5c());
        } catch (StatusException | java.util.NoSuchElementException e) {
            throw new AssertionError(e);
        }
    }

    private void assertMalformed(Map<Object, Object> claims, String type) {
        CoseSign1 signed = CoseSign1.sign(Map.of(16L, type), Map.of(), Cbor.encode(claims), police.key());
        byte[] octets = Cbor.encode(new Tagged(CoseSign1.TAG, signed.toCbor()));
        assertReason(Reason.MALFORMED_TOKEN, () -> StatusListCwt.parse(octets));
    }

    private Map<Object, Object> claims() throws CborException {
        Tagged tagged = (Tagged) Objects.requireNonNull(Cbor.decode(signed()));
        byte[] payload = CoseSign1.parse(tagged).payload().orElseThrow();
        return new LinkedHashMap<>((Map<?, ?>) Objects.requireNonNull(Cbor.decode(payload)));
    }

    private byte[] signed() {
        StatusList list = StatusList.ofSize(2, 1000);
        list.set(6, StatusList.SUSPENDED);
        StatusListToken.Terms terms = new StatusListToken.Terms(
                LISTED,
                NOW,
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                URI.create("https://licence.example/traffic-police/status"));
        return StatusListCwt.sign(list, terms, police.key(), police.chain());
    }
}
