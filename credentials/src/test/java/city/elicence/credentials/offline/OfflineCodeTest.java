package city.elicence.credentials.offline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.offline.OfflineException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineCodeTest {
    private static final List<String> X5C = SamplePresentation.x5c(1);
    private static final KnownChains KNOWN = KnownChains.of(List.of(SamplePresentation.x5c(2), X5C));

    @Test
    @DisplayName("A licence (10 claims, 8 disclosable, 3 disclosed, receipt of 10 hashes) takes two parts")
    void size() throws Exception {
        assertPacked(980, 2, SamplePresentation.drivingLicence(X5C, true));
        assertPacked(600, 2, SamplePresentation.drivingLicence(X5C, false));
    }

    @Test
    @DisplayName("Twelve more digests that nobody sees, of claims or decoys, make it three")
    void sizeOfLargest() throws Exception {
        assertPacked(1370, 3, SamplePresentation.drivingLicence(X5C, true, 12));
    }

    private static void assertPacked(int atMost, int frames, String presentation) throws OfflineException {
        byte[] packed = OfflineCode.pack(presentation);
        System.out.printf("offline: %d characters, packed to %d octets%n", presentation.length(), packed.length);
        // And the check frame.
        assertEquals(frames + 1, OfflineCode.frames(presentation).size());
        assertTrue(packed.length <= atMost, "packed to " + packed.length);
    }

    @Test
    @DisplayName("Property: what is unpacked is what was packed, character by character")
    void roundTrip() throws Exception {
        for (int i = 0; i < 20; i++) {
            String presentation = SamplePresentation.drivingLicence(X5C, i % 2 == 0);
            assertEquals(presentation, OfflineCode.unpack(OfflineCode.pack(presentation), KNOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "a.b.c~",
                "e30.e30.AAAA~",
                "e30.e30.AAAA~~~x",
                "eyJ4NWMiOlsiTUlJQiIsIk1JSUIiXX0.e30.AAAA~",
                "not base64url !.}{.\"~\"x5c\":[",
                "e30=.e30.e31~"
            })
    @DisplayName("Odd texts, which no issuer would sign, are unpacked as they were too")
    void oddTexts(String text) throws Exception {
        KnownChains any = leaf -> java.util.Optional.of(List.of("MIIB", "MIIB"));
        if (text.contains(" ")) {
            assertReason(Reason.NOT_A_PRESENTATION, () -> OfflineCode.pack(text));
        } else {
            assertEquals(text, OfflineCode.unpack(OfflineCode.pack(text), any));
        }
    }

    @Test
    @DisplayName("Property: any JSON inside is restored, nested digests, white space and look-alikes included")
    void anyJson() throws Exception {
        Random random = new Random(42);
        SoftwareKey key = SoftwareKey.generate();
        for (int i = 0; i < 300; i++) {
            StringBuilder presentation = new StringBuilder(Jws.sign(Map.of("typ", "dc+sd-jwt"), json(random, ""), key));
            String digest = "";
            for (int d = random.nextInt(5); d > 0; d--) {
                String disclosure = Base64Url.encodeText(json(random, digest));
                digest = Folding.digest(disclosure);
                presentation.append('~').append(disclosure);
            }
            presentation.append('~');
            if (random.nextBoolean()) {
                String sdHash = random.nextBoolean() ? Folding.digest(presentation.toString()) : digest;
                presentation.append(Jws.sign(Map.of("typ", "kb+jwt"), json(random, sdHash), key));
            }
            String text = presentation.toString();
            assertEquals(text, OfflineCode.unpack(OfflineCode.pack(text), KNOWN), "seed 42, round " + i);
        }
    }

    private static String json(Random random, String digest) {
        StringBuilder json = new StringBuilder("[");
        String[] values = {
            "\"" + digest + "\"",
            "\"" + Base64Url.encode(octets(random, 32)) + "\"",
            "\"" + Base64Url.encode(octets(random, 16)) + "\"",
            "\"" + Base64Url.encode(octets(random, 64)) + "\"",
            "{\"y\":\"" + Base64Url.encode(octets(random, 32)) + "\"}",
            "\"a text of twenty-two c\"",
            "\"text_of_forty-three_characters_which_is_none\"",
            "\"quote \\\" and 北京 and \\u0041\"",
            "\t\r\n {\"x5c\" : []}",
            "{\"x5c\":[]}",
            "{\"root\":\"" + Base64Url.encode(octets(random, 32)) + "\"}",
            "17.50"
        };
        for (int i = random.nextInt(9); i >= 0; i--) {
            json.append(values[random.nextInt(values.length)]).append(i == 0 ? "" : ",");
        }
        return json.append(']').toString();
    }

    @Test
    @DisplayName(
            "A receipt whose root is not the one that its path leads to is kept as it is, for the verifier to refuse")
    void wrongRoot() throws Exception {
        String presentation = SamplePresentation.drivingLicence(X5C, true);
        int kb = presentation.lastIndexOf('~') + 1;
        String[] parts = presentation.substring(kb).split("\\.", -1);
        String claims = new String(Base64Url.decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replaceFirst("\"root\":\"[^\"]{43}\"", "\"root\":\"" + Folding.digest("x") + "\"");
        String altered =
                presentation.substring(0, kb) + parts[0] + '.' + Base64Url.encodeText(changed) + '.' + parts[2];
        assertEquals(altered, OfflineCode.unpack(OfflineCode.pack(altered), KNOWN));
    }

    @Test
    @DisplayName("A verifier that does not know the issuer's certificate says so")
    void unknownCertificate() throws Exception {
        byte[] packed = OfflineCode.pack(SamplePresentation.drivingLicence(X5C, true));
        KnownChains others = KnownChains.of(List.of(SamplePresentation.x5c(2)));
        assertReason(Reason.UNKNOWN_CERTIFICATE, () -> OfflineCode.unpack(packed, others));
    }

    @Test
    @DisplayName("Property: one flipped bit is refused, or gives another text whose signatures will not hold: never the"
            + " same")
    void flippedBit() throws Exception {
        String presentation = SamplePresentation.drivingLicence(X5C, true);
        byte[] packed = OfflineCode.pack(presentation);
        int refused = 0;
        int same = 0;
        // Each bit of the header, a sample of the others.
        Random random = new Random(77);
        for (int bit = 0; bit < packed.length * 8; bit += bit < 64 ? 1 : 1 + random.nextInt(12)) {
            byte[] changed = packed.clone();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            try {
                same += OfflineCode.unpack(changed, KNOWN).equals(presentation) ? 1 : 0;
            } catch (OfflineException e) {
                refused++;
            }
        }
        // The bits that fill up the deflated template's last octet mean nothing; a set's id covers them.
        assertTrue(same < 8, same + " bits meant nothing");
        assertTrue(refused > 0);
    }

    @Test
    @DisplayName("Property: random octets never do anything but be refused or be unpacked")
    void garbage() {
        Random random = new Random(9);
        for (int i = 0; i < 3000; i++) {
            byte[] template = octets(random, random.nextInt(60));
            for (int j = 0; j < template.length; j++) {
                // Mostly marks, separators and the letters of JSON.
                template[j] =
                        (byte) (random.nextInt(4) == 0 ? "~.[]{}\",!".charAt(random.nextInt(9)) : template[j] & 0x2f);
            }
            byte[] packed = packed(template, octets(random, random.nextInt(200)));
            try {
                OfflineCode.unpack(packed, KNOWN);
            } catch (OfflineException e) {
                assertTrue(e.getMessage() != null);
            }
        }
    }

    @Test
    @DisplayName("A disclosure whose digest would depend on itself is refused")
    void cycle() {
        byte[] itself = {'a', '~', 1, '[', 7, 0x20, ']', 2, '~'};
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(packed(itself, new byte[0]), KNOWN));
        byte[] eachOther = {'a', '~', 1, 7, 0x21, 2, '~', 1, 7, 0x20, 2, '~'};
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(packed(eachOther, new byte[0]), KNOWN));
        byte[] nothing = {'a', '~', 1, 7, 0x22, 2, '~', 'b', '~'};
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(packed(nothing, new byte[0]), KNOWN));
    }

    @Test
    @DisplayName("Lengths that lie, a heap that is too long, a template that explodes: each is refused")
    void limits() throws Exception {
        byte[] packed = OfflineCode.pack(SamplePresentation.drivingLicence(X5C, false));
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(new byte[0], KNOWN));
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(Arrays.copyOf(packed, packed.length - 1), KNOWN));
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(Arrays.copyOf(packed, packed.length + 1), KNOWN));
        byte[] otherVersion = packed.clone();
        otherVersion[0] = 2;
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(otherVersion, KNOWN));
        byte[] longer = packed.clone();
        longer[1] = (byte) 0xff;
        assertReason(Reason.MALFORMED, () -> OfflineCode.unpack(longer, KNOWN));
        byte[] letters = new byte[1_000_000];
        Arrays.fill(letters, (byte) 'a');
        assertReason(Reason.TOO_LARGE, () -> OfflineCode.unpack(packed(letters, new byte[0]), KNOWN));
        String huge = new String(letters, StandardCharsets.US_ASCII) + "~";
        assertReason(Reason.TOO_LARGE, () -> OfflineCode.pack(huge));
    }

    static void assertReason(Reason reason, org.junit.jupiter.api.function.Executable code) {
        assertEquals(reason, assertThrows(OfflineException.class, code).reason());
    }

    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] packed(byte[] template, byte[] heap) {
        Deflater deflater = new Deflater(9, true);
        deflater.setDictionary(Dictionary.octets());
        deflater.setInput(template);
        deflater.finish();
        byte[] deflated = new byte[template.length + 100];
        int length = deflater.deflate(deflated);
        deflater.end();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(1);
        packed.write(length >> 8);
        packed.write(length);
        packed.write(deflated, 0, length);
        packed.write(heap, 0, heap.length);
        return packed.toByteArray();
    }

    @Test
    @DisplayName("The y of a key is restored from its x, whichever of the two it is")
    void points() {
        for (int i = 0; i < 50; i++) {
            Map<String, Object> jwk = SoftwareKey.generate().publicKey().toJwk();
            byte[] x = base64Url(jwk, "x");
            byte[] y = base64Url(jwk, "y");
            assertTrue(P256.isPoint(x, y));
            assertArrayEquals(y, P256.y(x, (y[31] & 1) == 1));
            y[31] = (byte) (y[31] ^ 2);
            assertTrue(!P256.isPoint(x, y));
        }
    }

    private static byte[] base64Url(Map<String, Object> jwk, String name) {
        return java.util.Base64.getUrlDecoder().decode(String.valueOf(jwk.get(name)));
    }
}
