package city.elicence.credentials.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Kind;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.metadata.TypeMetadataException.Reason;
import city.elicence.credentials.sdjwt.DisclosedClaims;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SD-JWT VC type metadata, as a holder or verifier takes them")
class TypeDocumentTest {
    private static final String BASE = "https://city.example";
    private static final String CHILD = "https://a.example/child";
    private static final String PARENT = "https://a.example/parent";
    private static final PinnedLink LOGO = new PinnedLink("https://city.example/logo.png", Integrity.of(new byte[1]));
    private static final SoftwareKey KEY = SoftwareKey.generate();

    private final Map<String, byte[]> web = new HashMap<>();

    private String put(String address, String json) {
        return serve(address, json.replace('\'', '"'));
    }

    private String serve(String address, String json) {
        byte[] octets = json.getBytes(StandardCharsets.UTF_8);
        web.put(address, octets);
        return Integrity.of(octets);
    }

    private TypeDocument retrieve(String vct, @Nullable String integrity) throws TypeMetadataException {
        return TypeDocument.retrieve(vct, integrity, (address, meant) -> web.get(address));
    }

    private Reason refused(@Nullable String integrity) {
        return assertThrows(TypeMetadataException.class, () -> retrieve(CHILD, integrity))
                .reason();
    }

    private static DisclosedClaims issued(Map<String, Object> claims, ClaimPath... selective) throws Exception {
        return new SdJwtIssuer(KEY, new SecureRandom())
                .issue(Map.of("typ", "dc+sd-jwt"), claims, Frame.of(List.of(selective)))
                .process();
    }

    @Test
    @DisplayName(
            "W3C SRI §3: the example of the recommendation; the strongest algorithm counts, any of its digests will do")
    void integrity() {
        byte[] script = "alert('Hello, world.');".getBytes(StandardCharsets.US_ASCII);
        String published = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assertTrue(Integrity.holds(published, script));
        assertTrue(Integrity.holds(published + "?an-option", script));
        assertTrue(Integrity.holds(Integrity.of(script), script));
        String other = "sha384-" + "A".repeat(64);
        assertTrue(Integrity.holds(other + " " + published, script));
        assertTrue(Integrity.holds(Integrity.of(new byte[0]) + " " + published, script), "the weaker one is not asked");
        assertFalse(Integrity.holds(other + " " + Integrity.of(script), script), "the weaker one does not help");
        for (String wrong : List.of("", "md5-abc", "sha256-", "sha256-*", "sha1-" + published.substring(7))) {
            assertFalse(Integrity.holds(wrong, script), wrong);
        }
    }

    @Test
    @DisplayName(
            "Integrity of Referenced Documents: a document that is not the one meant is rejected, the extended one too")
    void anotherDocument() throws Exception {
        String parent = put(PARENT, "{'vct':'" + PARENT + "','claims':[{'path':['name'],'mandatory':true}]}");
        String child =
                put(CHILD, "{'vct':'" + CHILD + "','extends':'" + PARENT + "','extends#integrity':'" + parent + "'}");
        assertTrue(retrieve(CHILD, child).claims().get(0).mandatory());
        web.put(CHILD, (new String(web.get(CHILD), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8));
        assertEquals(Reason.INTEGRITY_MISMATCH, refused(child));
        assertEquals(1, retrieve(CHILD, null).claims().size(), "without the property there is nothing to hold it to");
        put(PARENT, "{'vct':'" + PARENT + "'}");
        assertEquals(Reason.INTEGRITY_MISMATCH, refused(null));
    }

    @Test
    @DisplayName("Retrieving and extending: vct is the reference; no circles, no towers, nothing weakened")
    void refusals() {
        assertEquals(Reason.NOT_FOUND, refused(null));
        put(CHILD, "{'vct':'https://other.example'}");
        assertEquals(Reason.OTHER_TYPE, refused(null));
        put(CHILD, "['no object']");
        assertEquals(Reason.MALFORMED, refused(null));
        put(CHILD, "{'vct':'" + CHILD + "','claims':[{'path':['a'],'sd':'sometimes'}]}");
        assertEquals(Reason.MALFORMED, refused(null));
        put(CHILD, "{'vct':'" + CHILD + "','extends':'" + PARENT + "'}");
        put(PARENT, "{'vct':'" + PARENT + "','extends':'" + CHILD + "'}");
        assertEquals(Reason.CIRCULAR, refused(null));
        for (int i = 0; i < 9; i++) {
            put(
                    "https://t.example/" + i,
                    "{'vct':'https://t.example/" + i + "','extends':'https://t.example/" + (i + 1) + "'}");
        }
        put(PARENT, "{'vct':'" + PARENT + "','extends':'https://t.example/0'}");
        assertEquals(Reason.TOO_DEEP, refused(null));
        put(PARENT, "{'vct':'" + PARENT + "','claims':[{'path':['a'],'sd':'always','mandatory':true}]}");
        for (String weaker : List.of("'sd':'never'", "'sd':'allowed'", "'mandatory':false")) {
            put(CHILD, "{'vct':'" + CHILD + "','extends':'" + PARENT + "','claims':[{'path':['a']," + weaker + "}]}");
            assertEquals(Reason.RULE_WEAKENED, refused(null), weaker);
        }
    }

    @Test
    @DisplayName(
            "Claim Metadata: a credential without a mandatory claim, or disclosing otherwise than its type says, is rejected")
    void rules() throws Exception {
        put(
                CHILD,
                "{'vct':'" + CHILD + "','claims':[{'path':['a'],'sd':'always','mandatory':true},"
                        + "{'path':['list',null,'b'],'sd':'never','mandatory':true}]}");
        TypeDocument type = retrieve(CHILD, null);
        Map<String, Object> good = Map.of("a", "x", "list", List.of(Map.of("b", "y")));
        type.check(issued(good, ClaimPath.of("a")));
        type.check(issued(Map.of("a", "x", "list", List.of()), ClaimPath.of("a")));
        assertEquals(Reason.WRONG_DISCLOSURE, broken(type, issued(good)));
        assertEquals(
                Reason.WRONG_DISCLOSURE,
                broken(type, issued(good, ClaimPath.of("a"), ClaimPath.of("list", null, "b"))));
        assertEquals(Reason.CLAIM_MISSING, broken(type, issued(Map.of("a", "x"), ClaimPath.of("a"))));
        assertEquals(Reason.PATH_MISFIT, broken(type, issued(Map.of("a", "x", "list", "y"), ClaimPath.of("a"))));
    }

    private static Reason broken(TypeDocument type, DisclosedClaims issued) {
        return assertThrows(TypeMetadataException.class, () -> type.check(issued))
                .reason();
    }

    @Test
    @DisplayName("Every built-in type's sample keeps the rules of its own metadata and of the kind that it extends")
    void ourOwn() throws Exception {
        Catalogue catalogue = Catalogue.builtIn();
        List<String> extending = new ArrayList<>();
        for (CredentialType type : catalogue.types()) {
            PinnedLink kind = null;
            if (catalogue.kindOf(type).isPresent()) {
                Kind common = catalogue.kindOf(type).get();
                String vct = common.vct(BASE);
                kind = new PinnedLink(vct, serve(vct, Json.write(TypeMetadata.of(common, vct))));
                extending.add(type.id());
            }
            String vct = type.vct(BASE);
            String integrity = serve(vct, Json.write(TypeMetadata.of(type, vct, LOGO, kind)));
            TypeDocument document = retrieve(vct, integrity);
            assertEquals(type.allClaims().size(), document.claims().size());
            assertEquals(2, document.display().size());
            ClaimPath[] selective = type.allClaims().stream()
                    .filter(claim -> claim.disclosure() == Claim.Disclosure.SELECTIVE)
                    .map(Claim::path)
                    .toArray(ClaimPath[]::new);
            document.check(issued(type.derive(withSecrets(type), LocalDate.of(2026, 11, 24)), selective));
        }
        assertEquals(List.of("medical-invoice", "donation-invoice", "tuition-invoice"), extending);
    }

    private static Map<String, Object> withSecrets(CredentialType type) {
        Map<String, Object> entered = new HashMap<>(type.sample());
        type.claims().stream()
                .filter(claim -> claim.name().endsWith("_secret"))
                .forEach(claim -> entered.putIfAbsent(claim.name(), "A".repeat(43)));
        return entered;
    }
}
