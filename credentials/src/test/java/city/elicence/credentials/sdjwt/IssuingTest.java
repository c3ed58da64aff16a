package city.elicence.credentials.sdjwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.verify.TestParty;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** RFC 9901 §4: what an issuer makes, and what a holder shows of it. */
class IssuingTest {
    private static final SoftwareKey KEY = SoftwareKey.generate();
    private final SdJwtIssuer issuer = new SdJwtIssuer(KEY, new SecureRandom());

    private static final String CLAIMS = """
            {"name":"Li","address":{"street":"Chang'an","locality":"Beijing"},
             "nationalities":["CN","HK"],"classes":[{"code":"C1","since":"2020"},{"code":"D","since":"2024"}],
             "none":null,"age":30}""";

    @Test
    @DisplayName("§4.2: what is disclosable is not in the payload; all disclosures together give the claims")
    void roundTrip() throws Exception {
        Map<String, Object> claims = Json.parseObject(CLAIMS);
        SdJwt issued = issuer.issue(Map.of("typ", "x"), claims, frame());
        SdJwt parsed = SdJwt.parse(issued.serialize());
        assertTrue(parsed.issuerJwt().verifiedBy(KEY.publicKey()));
        assertEquals(claims, parsed.process().claims());
        String payload = Json.write(parsed.payload());
        // As whole strings: two letters alone stand in one digest in a hundred.
        for (String hidden : List.of("Li", "Chang'an", "Beijing", "CN", "C1", "2020")) {
            assertFalse(payload.contains('"' + hidden + '"'), hidden);
        }
        assertEquals("sha-256", parsed.payload().get("_sd_alg"));
    }

    @Test
    @DisplayName(
            "SD-JWT VC §2.2.2.2: what a holder must not withhold is neither hidden by an issuer nor taken from a disclosure")
    void neverSelective() throws Exception {
        TestParty party = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
        Map<String, Object> claims = Map.of("vct", "https://city.example/t", "exp", 1L, "name", "x");
        for (String claim : SdJwtVc.NEVER_SELECTIVE) {
            Frame hiding = Frame.of(List.of(ClaimPath.of(claim)));
            assertThrows(
                    IllegalArgumentException.class, () -> SdJwtVc.issue(issuer, party.chain(), claims, hiding), claim);
        }
        SdJwt hidden = issuer.issue(Map.of("typ", SdJwtVc.TYPE), claims, Frame.of(List.of(ClaimPath.of("exp"))));
        SdJwtException refused = assertThrows(SdJwtException.class, () -> SdJwtVc.of(hidden));
        assertEquals(SdJwtProblem.PROTECTED_CLAIM, refused.problem());
    }

    @Test
    @DisplayName("§4.2.6: recursive disclosure: the part brings its whole, the whole brings its parts")
    void recursive() throws Exception {
        SdJwt issued = issuer.issue(Map.of(), Json.parseObject(CLAIMS), frame());
        assertEquals(
                Json.parse("""
                {"address":{"street":"Chang'an"},"age":30}"""),
                issued.present(List.of(ClaimPath.of("address", "street")))
                        .process()
                        .claims());
        assertEquals(
                Json.parse("""
                {"address":{"street":"Chang'an","locality":"Beijing"},"age":30}"""),
                issued.present(List.of(ClaimPath.of("address"))).process().claims());
    }

    @Test
    @DisplayName("§4.2.4.2: one array element is shown without the others")
    void arrayElement() throws Exception {
        SdJwt issued = issuer.issue(Map.of(), Json.parseObject(CLAIMS), frame());
        assertEquals(
                Json.parse("""
                {"nationalities":["HK"],"age":30}"""),
                issued.present(List.of(ClaimPath.of("nationalities", 1)))
                        .process()
                        .claims());
        assertEquals(
                Json.parse("""
                {"classes":[{"code":"C1"},{"code":"D"}],"age":30}"""),
                issued.present(List.of(ClaimPath.of("classes", null, "code")))
                        .process()
                        .claims());
    }

    @Test
    @DisplayName("§7.2: nothing selected, nothing disclosed")
    void nothing() throws Exception {
        SdJwt shown = issuer.issue(Map.of(), Json.parseObject(CLAIMS), frame()).present(List.of());
        assertEquals(List.of(), shown.disclosures());
        assertEquals(Map.of("age", 30L), shown.process().claims());
        assertTrue(shown.serialize().endsWith("~"));
    }

    @Test
    @DisplayName("§4.2.5: decoys stand among the digests of each level and match no disclosure")
    void decoys() throws Exception {
        Frame frame = Frame.withDecoys(List.of(ClaimPath.of("name"), ClaimPath.of("nationalities", null)), 3);
        SdJwt issued = issuer.issue(Map.of(), Json.parseObject(CLAIMS), frame);
        assertEquals(4, Fields.of(issued.payload()).strings("_sd").size());
        assertEquals(5, Fields.of(issued.payload()).list("nationalities").size());
        assertEquals(3, issued.disclosures().size());
        assertEquals(Json.parse(CLAIMS), issued.process().claims());
    }

    @Test
    @DisplayName("§4.2.4.1: digests are sorted, so that their order tells nothing; §9.3: salts are unique, 128 bits")
    void orderAndSalts() throws Exception {
        SdJwt issued = issuer.issue(Map.of(), Json.parseObject(CLAIMS), frame());
        List<String> digests = Fields.of(issued.payload()).strings("_sd");
        assertEquals(digests.stream().sorted().toList(), digests);
        Set<String> salts = new HashSet<>();
        issued.disclosures().forEach(d -> salts.add(d.salt()));
        assertEquals(issued.disclosures().size(), salts.size());
        salts.forEach(salt -> assertEquals(22, salt.length()));
        assertNotEquals(
                digests,
                issuer.issue(Map.of(), Json.parseObject(CLAIMS), frame())
                        .payload()
                        .get("_sd"));
    }

    @Test
    @DisplayName("§4.1 rule 7: an issuer cannot make claims named _sd, ... or _sd_alg")
    void reserved() {
        for (String name : List.of("_sd", "...", "_sd_alg")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> issuer.issue(Map.of(), Map.of("a", Map.of(name, "x")), Frame.of(List.of())));
        }
    }

    @RepeatedTest(200)
    @DisplayName("Property: any claims, any frame: issue, show any part, process; the part is within the whole")
    void property(RepetitionInfo repetition) throws Exception {
        Random random = new Random(9901L * repetition.getCurrentRepetition());
        Map<String, Object> claims = new LinkedHashMap<>();
        List<ClaimPath> paths = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            claims.put("c" + i, tree(random, 3, ClaimPath.of("c" + i), paths));
        }
        List<ClaimPath> selective =
                paths.stream().filter(p -> random.nextInt(3) > 0).toList();
        SdJwt issued = SdJwt.parse(issuer.issue(Map.of(), claims, Frame.withDecoys(selective, random.nextInt(3)))
                .serialize());
        assertEquals(Json.writeSorted(claims), Json.writeSorted(issued.process().claims()));
        assertEquals(selective.size(), issued.disclosures().size());

        List<ClaimPath> wanted =
                paths.stream().filter(p -> random.nextBoolean()).toList();
        DisclosedClaims shown = SdJwt.parse(issued.present(wanted).serialize()).process();
        for (ClaimPath path : wanted) {
            if (path.steps().stream().allMatch(step -> step instanceof String)) {
                assertEquals(path.select(claims), path.select(shown.claims()), path.toString());
            }
        }
        for (ClaimPath path : selective) {
            if (path.steps().stream().allMatch(step -> step instanceof String)
                    && wanted.stream().noneMatch(path::overlaps)) {
                assertTrue(path.select(shown.claims()).isEmpty(), path.toString());
            }
        }
    }

    private static Object tree(Random random, int depth, ClaimPath at, List<ClaimPath> paths) {
        paths.add(at);
        int kind = depth == 0 ? 0 : random.nextInt(3);
        if (kind == 1) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                object.put("k" + i, tree(random, depth - 1, at.then("k" + i), paths));
            }
            return object;
        }
        if (kind == 2) {
            List<Object> array = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                array.add(tree(random, depth - 1, at.then(i), paths));
            }
            return array;
        }
        return random.nextBoolean() ? (Object) random.nextLong() : "v" + random.nextInt();
    }

    private static Frame frame() {
        return Frame.of(List.of(
                ClaimPath.of("name"),
                ClaimPath.of("address"),
                ClaimPath.of("address", "street"),
                ClaimPath.of("address", "locality"),
                ClaimPath.of("nationalities"),
                ClaimPath.of("nationalities", null),
                ClaimPath.of("classes"),
                ClaimPath.of("classes", null),
                ClaimPath.of("classes", null, "code"),
                ClaimPath.of("classes", null, "since"),
                ClaimPath.of("none")));
    }
}
