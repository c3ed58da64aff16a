package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.web.ServedContract;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An authority's engineer who has the served document and nothing else. Every answer in the other tests is held against it too (Http). */
@DisplayName("The OpenAPI document")
class OpenApiTest extends CodeFlow {
    private static final CounterVerifier VERIFIER_DESK = new CounterVerifier();

    /** Where citizens sign in at a platform of the city's: ProviderSignInTest, whose answers are held against the document too. */
    private static final Set<String> AT_A_PROVIDER = Set.of(
            "get /{tenant}/authorize 303", "get /{tenant}/authorize/return 303", "get /{tenant}/authorize/return 401");

    private final Map<String, String> known = new HashMap<>();

    @BeforeAll
    static void open() {
        openIn(TestCity.showingAt(VERIFIER_DESK));
    }

    private static Map<String, Object> document() {
        return Http.get(city.base() + "/openapi.json").json();
    }

    @Test
    @DisplayName("has every route of the service and no other, each with an operationId of its own")
    void routes() {
        Set<String> documented = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        Map<String, Object> paths = RawWallet.object(document(), "paths");
        for (String path : paths.keySet()) {
            Map<String, Object> operations = RawWallet.object(paths, path);
            for (String method : operations.keySet()) {
                documented.add(method.toUpperCase(Locale.ROOT) + " " + path);
                assertTrue(
                        names.add(RawWallet.text(RawWallet.object(operations, method), "operationId")),
                        "an operationId comes twice");
            }
        }
        Set<String> mounted = new TreeSet<>();
        for (Route route : city.routes().getRoutes()) {
            if (isPage(route)) {
                continue;
            }
            Set<HttpMethod> methods = route.methods();
            if (methods != null) {
                methods.forEach(method -> mounted.add(method.name() + " " + path(route)));
            }
        }
        assertEquals(mounted, documented);
    }

    @Test
    @DisplayName("refers only to schemas and responses that it has")
    void references() {
        Map<String, Object> document = document();
        Map<String, Object> components = RawWallet.object(document, "components");
        Matcher reference = Pattern.compile("#/components/(\\w+)/(\\w+)").matcher(Json.write(document));
        while (reference.find()) {
            assertTrue(
                    RawWallet.object(components, reference.group(1)).containsKey(reference.group(2)),
                    reference.group());
        }
    }

    @Test
    @DisplayName(
            "Operation by operation: each is called with success, and so that it refuses by every name that it describes")
    void everyOperation() {
        ServedContract contract = new ServedContract(document());
        ScopedValue.where(Http.CONTRACT, contract).run(() -> {
            desk();
            twoPersons();
            notAccredited();
            applications();
            wallets();
            signedIn();
            verifiers();
            staff();
            refusals(contract);
        });
        assertEquals(AT_A_PROVIDER, contract.unseen(), "described, and not answered so");
    }

    private static Http.Answer expect(int status, Http.Answer answer) {
        assertEquals(status, answer.status(), answer::text);
        return answer;
    }

    private static String[] as(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static Http.Answer second(Desk at, String path) {
        String token = StaffToken.of(
                        "clerk 9", StaffRole.CLERK, StaffToken.Use.ACCESS, city.clock.instant(), Duration.ofHours(1))
                .mint(city.staffKey);
        return Http.postJson(city.base() + "/api/" + at.tenant() + "/" + path, Map.of(), as(token));
    }

    private static void until(BooleanSupplier so) {
        try {
            for (int i = 0; i < 600 && !so.getAsBoolean(); i++) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertTrue(so.getAsBoolean());
    }

    /** Issues one driving licence, and tells its id and what the wallet got. */
    private static Map.Entry<String, Http.Answer> issued(Desk at, String holder) {
        Map<String, Object> claims = new LinkedHashMap<>(desk.sample(TYPE));
        claims.put("id_number", holder);
        Http.Answer offer =
                expect(201, at.post("offers", Map.of("licences", List.of(Map.of("type", TYPE, "claims", claims)))));
        RawWallet phone = new RawWallet(city.clock).discover(city.issuer(at.tenant()));
        expect(200, phone.tokenFor(RawWallet.offer(offer.string("link"))));
        return Map.entry(Desk.ordered(offer).getFirst(), expect(200, phone.credential(TYPE, SoftwareKey.generate())));
    }

    private void desk() {
        expect(200, Http.get(city.base() + "/api/tenants", as(city.clerkToken())));
        expect(200, desk.get("types"));
        Http.Answer offer = expect(201, desk.offer(TYPE));
        known.put("offer", offer.string("id"));
        expect(200, Http.get(offer.string("qr"), as(city.clerkToken())));
        Map<String, Object> wrong = new LinkedHashMap<>(desk.sample(TYPE));
        wrong.put("name", 7L);
        expect(422, desk.post("offers", Map.of("licences", List.of(Map.of("type", TYPE, "claims", wrong)))));
        expect(422, desk.post("register", Map.of("type", TYPE, "claims", wrong)));
        expect(422, desk.post("applications", Map.of("type", TYPE, "claims", wrong)));
        expect(204, desk.post("register", Map.of("type", TYPE, "claims", desk.sample(TYPE))));
        expect(201, desk.post("sign-in-codes", Map.of("number", number)));

        String licence = issued(desk, number).getKey();
        known.put("licence", licence);
        expect(200, desk.get("licences?q=" + Http.encoded(number)));
        expect(400, desk.get("licences?state=odd"));
        expect(200, desk.get("licences/" + licence));
        expect(200, desk.change(licence, "suspend", "points"));
        expect(409, desk.change(licence, "suspend", "points"));
        expect(200, desk.change(licence, "resume", "paid"));
        expect(409, desk.post("licences/" + licence + "/offers", Map.of()));
        Map<String, Object> changes = Map.of("valid_from", "2026-07-02", "valid_until", "2036-07-02");
        String replacements = "licences/" + licence + "/replacements";
        expect(422, desk.post(replacements, Map.of("changes", Map.of("name", 7L))));
        expect(404, desk.post("licences/AAAAAAAAAAAAAAAAAAAAAA/replacements", Map.of("changes", changes)));
        expect(201, desk.post(replacements, Map.of("changes", changes)));
        expect(409, desk.post(replacements, Map.of("changes", changes)));
        expect(200, desk.get("licences/" + licence + "/receipt"));
        // The register of other tests is in the same database: of theirs nothing is to be recovered.
        String holder = ActsTest.number();
        issued(desk, holder);
        Http.Answer recovered = expect(201, desk.post("recoveries", Map.of("number", holder)));
        String waiting = Desk.firstLicence(Desk.list(recovered, "offers").getFirst());
        expect(201, desk.post("licences/" + waiting + "/offers", Map.of()));
        issued(desk, holder);
        String everywhere = city.base() + "/api/recoveries";
        expect(201, Http.postJson(everywhere, Map.of("number", holder), as(city.clerkToken())));
        for (String at : List.of("recoveries", city.police + "/recoveries")) {
            Map<String, String> nobody = Map.of("number", ActsTest.number());
            expect(404, Http.postJson(city.base() + "/api/" + at, nobody, as(city.clerkToken())));
        }
        expect(200, desk.get("anchoring"));
        expect(200, desk.get("days?days=3"));
        expect(400, desk.get("days?days=1000"));
        bulk();
    }

    private void bulk() {
        Desk school = new Desk(city, city.enrol("education-commission"));
        Map<String, Object> sample = school.sample("teacher-qualification");
        StringBuilder sheet = new StringBuilder(String.join(",", sample.keySet())).append("\r\n");
        sample.values().forEach(value -> sheet.append('"').append(value).append("\","));
        sheet.setCharAt(sheet.length() - 1, '\n');
        String uri = city.base() + "/api/" + school.tenant() + "/bulk?type=teacher-qualification";
        Http.Answer begun = expect(202, Http.post(uri, "text/csv", sheet.toString(), as(city.clerkToken())));
        known.put("order", begun.string("id"));
        until(() -> !school.get("bulk/" + begun.string("id")).string("state").equals("checking"));
    }

    private void twoPersons() {
        Desk titles = new Desk(city, city.enrol("housing-authority"));
        Http.Answer proposed = expect(202, titles.offer("real-estate-title"));
        String proposal = "proposals/" + proposed.string("proposal");
        expect(200, titles.get("proposals"));
        expect(200, titles.get(proposal));
        expect(409, titles.post(proposal + "/approve", Map.of()));
        Http.Answer made = expect(201, second(titles, proposal + "/approve"));
        Map<String, Object> offer = Desk.list(made, "offers").getFirst();
        RawWallet phone = new RawWallet(city.clock).discover(city.issuer(titles.tenant()));
        expect(200, phone.tokenFor(RawWallet.offer(RawWallet.text(offer, "link"))));
        expect(200, phone.credential("real-estate-title", SoftwareKey.generate()));
        String licence = Desk.firstLicence(offer);
        expect(202, titles.post("licences/" + licence + "/replacements", Map.of("changes", Map.of())));
        expect(200, titles.change(licence, "revoke", "court order"));
        Http.Answer dry = expect(
                202,
                desk.post(
                        "recalls",
                        Map.of(
                                "type",
                                TYPE,
                                "issued_from",
                                city.clock.instant().minusSeconds(60).toString(),
                                "issued_until",
                                city.clock.instant().toString(),
                                "reason",
                                "wrong classes")));
        known.put("proposal", dry.string("proposal"));
        expect(400, desk.post("proposals/" + dry.string("proposal") + "/burn", Map.of()));
        expect(200, desk.post("proposals/" + dry.string("proposal") + "/decline", Map.of()));
    }

    /** An office that the ledger lets issue another type only. */
    private void notAccredited() {
        Desk other = new Desk(city, city.enrol("traffic-police"));
        String holder = ActsTest.number();
        issued(other, holder);
        city.accredit(other.tenant(), "vehicle-licence");
        until(() -> other.offer(TYPE).status() == 409);
        expect(409, other.post("recoveries", Map.of("number", holder)));
        expect(409, Http.postJson(city.base() + "/api/recoveries", Map.of("number", holder), as(city.clerkToken())));
        String bulk = city.base() + "/api/" + other.tenant() + "/bulk?type=" + TYPE;
        expect(409, Http.post(bulk, "text/csv", "name\nx\n", as(city.clerkToken())));
        String nowhere = city.base() + "/api/nobody/bulk?type=" + TYPE;
        expect(404, Http.post(nowhere, "text/csv", "name\nx\n", as(city.clerkToken())));
    }

    private void applications() {
        Http.Answer made = expect(201, desk.post("applications", Map.of("type", TYPE, "claims", desk.sample(TYPE))));
        String id = made.string("application");
        known.put("application", id);
        expect(200, desk.get("applications"));
        expect(409, desk.post("applications/" + id + "/offer", Map.of()));
        VERIFIER_DESK.silent = true;
        expect(502, desk.post("applications/" + id + "/requests", Map.of()));
        VERIFIER_DESK.silent = false;
        expect(201, desk.post("applications/" + id + "/requests", Map.of()));
        VERIFIER_DESK.silent = true;
        expect(502, desk.get("applications/" + id));
        VERIFIER_DESK.silent = false;
        show();
        expect(200, desk.get("applications/" + id));
        expect(201, desk.post("applications/" + id + "/offer", Map.of()));
        expect(409, desk.post("applications/" + id + "/requests", Map.of()));
    }

    private static void show() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("id_number", number);
        claims.put("name", desk.sample(TYPE).get("name"));
        claims.put("age_over_18", true);
        VERIFIER_DESK.shown(VERIFIER_DESK.last(), "id", claims, Base64Url.encode(new byte[32]));
    }

    private void wallets() {
        for (String name : List.of("openid-credential-issuer", "oauth-authorization-server", "jwt-vc-issuer")) {
            expect(200, Http.get(RawWallet.wellKnown(city.issuer(city.police), name)));
        }
        for (String path : List.of("/jwks", "/emblem.png")) {
            expect(200, Http.get(city.issuer(city.police) + path));
        }
        for (String path : List.of("", "/emblem.svg", "/emblem.png")) {
            expect(200, Http.get(city.base() + "/types/" + TYPE + path));
        }
        for (String path : List.of("", "/emblem.png")) {
            expect(400, Http.get(city.base() + "/types/" + TYPE + path + "?sha256=short"));
        }
        expect(200, Http.send("POST", wallet.endpoint("nonce_endpoint"), new byte[0]));
        expect(200, Http.send("POST", city.issuer(city.police) + "/challenge", new byte[0]));
        expect(200, Http.get(city.issuer(city.police) + "/offers/" + known.get("offer")));

        expect(200, wallet.tokenFor(desk.offered(TYPE)));
        expect(403, wallet.credential("vehicle-licence", SoftwareKey.generate()));
        String credential = wallet.endpoint("credential_endpoint");
        String deferred = wallet.endpoint("deferred_credential_endpoint");
        String large = "\"" + "x".repeat(600_000) + "\"";
        expect(413, wallet.callOnceOrTwice(credential, "application/json", large));
        expect(413, wallet.callOnceOrTwice(deferred, "application/json", large));
        expect(400, wallet.call(credential, Map.of()));
        Http.Answer given = expect(200, wallet.credential(TYPE, SoftwareKey.generate()));
        String notification = wallet.endpoint("notification_endpoint");
        Map<String, Object> told =
                Map.of("notification_id", given.string("notification_id"), "event", "credential_accepted");
        expect(204, wallet.call(notification, told));
        expect(400, wallet.call(notification, Map.of()));
        expect(401, Http.postJson(credential, Map.of()));
        expect(401, Http.postJson(deferred, Map.of()));
        expect(401, Http.postJson(notification, Map.of()));

        Http.Answer later = expect(201, desk.offer(Map.of("ready_in_seconds", 120L), TYPE));
        expect(200, wallet.tokenFor(RawWallet.offer(later.string("link"))));
        Map<String, Object> transaction = Map.of(
                "transaction_id",
                expect(202, wallet.credential(TYPE, SoftwareKey.generate())).string("transaction_id"));
        expect(202, wallet.call(deferred, transaction));
        city.clock.move(Duration.ofMinutes(3));
        expect(200, wallet.call(deferred, transaction));
        expect(400, wallet.call(deferred, transaction));
        expect(400, wallet.token(Map.of("grant_type", "odd")));
    }

    /** The authorization code flow, with evidence. */
    private void signedIn() {
        expect(400, push(request(Map.of("code_challenge", "")), attested()));
        expect(401, push(request(Map.of())));
        String requestUri = expect(201, push(request(Map.of()), attested())).string("request_uri");
        String cookie = browse(requestUri);
        String at = city.issuer(city.police) + "/authorize";
        String state = "?state=" + Http.encoded(requestUri);
        expect(401, signIn(requestUri, cookie, "000000"));
        expect(303, signIn(requestUri, cookie, counterCode()));
        VERIFIER_DESK.silent = true;
        expect(502, Http.get(at + "/evidence" + state, "Cookie", cookie));
        VERIFIER_DESK.silent = false;
        expect(200, Http.get(at + "/evidence" + state, "Cookie", cookie));
        show();
        String code = back(expect(303, Http.get(at + "/evidence" + state, "Cookie", cookie)))
                .get("code");
        expect(200, token(String.valueOf(code), VERIFIER, attested()));
        expect(401, token("spent", VERIFIER, headers(attestation(Map.of()), proof(SoftwareKey.generate(), Map.of()))));
        expect(400, Http.get(at + "/evidence?state=unknown", "Cookie", cookie));
        expect(400, Http.get(at + "?client_id=" + Http.encoded(CLIENT) + "&request_uri=unknown"));
        expect(400, Http.get(at + "/return?state=unknown"));
        expect(400, Http.postForm(at + "/return", Map.of("state", "unknown")));
    }

    private void verifiers() {
        String issuer = city.issuer(city.police);
        expect(200, Http.get(issuer + "/status"));
        Map.Entry<String, Http.Answer> one = issued(desk, number);
        Map<String, String> digest = Map.of("digest", digest(one.getValue()));
        until(() -> Http.postJson(issuer + "/receipts", digest).status() == 200);
        expect(200, desk.change(one.getKey(), "revoke", "lost"));
        expect(200, Http.postJson(issuer + "/status-receipts", digest));
        for (String path : List.of("/receipts", "/status-receipts")) {
            expect(400, Http.postJson(issuer + path, Map.of()));
            expect(404, Http.postJson(issuer + path, Map.of("digest", Base64Url.encode(new byte[32]))));
        }
        expect(200, Http.get(issuer + "/status/0"));
        expect(400, Http.get(issuer + "/status/0?time=yesterday"));
        expect(404, Http.get(issuer + "/status/999999"));
        Map<String, Object> tenant =
                Desk.list(Http.get(city.base() + "/api/tenants", as(city.clerkToken())), "tenants").stream()
                        .filter(each -> city.police.equals(each.get("id")))
                        .findFirst()
                        .orElseThrow();
        String log = city.base() + "/logs/" + tenant.get("did") + "/consistency";
        expect(200, Http.get(log + "?first=1&second=1"));
        expect(400, Http.get(log));
        expect(404, Http.get(city.base() + "/logs/did:indy:beijing:nobody/consistency?first=1&second=1"));
        expect(200, Http.get(city.base() + "/oversight"));
        expect(200, Http.get(city.base() + "/openapi.json"));
    }

    private static String digest(Http.Answer credential) {
        try {
            return Base64Url.encode(LogEntry.digestOf(
                    SdJwt.parse(RawWallet.credentials(credential).getFirst())
                            .issuerJwt()
                            .compact()));
        } catch (SdJwtException e) {
            throw new AssertionError(e);
        }
    }

    private void staff() {
        String api = city.base() + "/api/";
        String admin = city.staffToken(StaffRole.ADMIN);
        Map<String, Object> client = Map.of(
                "client_id",
                "https://another.example",
                "jwk",
                SoftwareKey.generate().publicKey().toJwk());
        expect(204, Http.postJson(api + "clients", client, as(admin)));
        expect(400, Http.postJson(api + "clients", Map.of(), as(admin)));
        expect(200, Http.get(api + "me", as(admin)));
        String link = StaffToken.of(
                        "clerk 7", StaffRole.CLERK, StaffToken.Use.LINK, city.clock.instant(), Duration.ofMinutes(5))
                .mint(city.staffKey);
        expect(200, Http.postJson(api + "sign-in", Map.of("link", link)));
        expect(401, Http.postJson(api + "sign-in", Map.of("link", link)));
        expect(204, Http.send("POST", api + "sign-out", new byte[0]));
    }

    /** What the document says of many operations alike: who may not, where nothing is, what cannot be read. */
    private void refusals(ServedContract contract) {
        for (String due : contract.unseen()) {
            String[] parts = due.split(" ", 3);
            boolean nowhere = parts[2].equals("404");
            String body = parts[0].equals("get") ? "" : parts[2].equals("400") ? "{" : "{}";
            String token = switch (parts[2]) {
                case "401" -> "nobody's";
                case "403" -> city.staffToken(StaffRole.VERIFIER);
                default -> city.clerkToken();
            };
            Http.Answer answer = Http.send(
                    parts[0].toUpperCase(Locale.ROOT),
                    city.base() + filled(parts[1], nowhere),
                    body.getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/json",
                    "Authorization",
                    "Bearer " + token);
            assertTrue(answer.status() < 500, () -> due + ": " + answer.text());
        }
    }

    private String filled(String template, boolean nowhere) {
        String path = template;
        for (Map.Entry<String, String> each : known.entrySet()) {
            path = path.replace("{" + each.getKey() + "}", nowhere ? "AAAAAAAAAAAAAAAAAAAAAA" : each.getValue());
        }
        return path.replace("{tenant}", nowhere ? "nobody" : city.police)
                .replace("{act}", "revoke")
                .replace("{decision}", "approve")
                .replace("{type}", nowhere ? "nothing" : TYPE)
                .replace("{list}", nowhere ? "999999" : "0")
                .replace("{did}", "did:indy:beijing:nobody");
    }

    /** The console itself, which is no part of the API but a user of it. */
    private static boolean isPage(Route route) {
        return route.getName().equals("/") || route.getName().startsWith("/pages");
    }

    /** {@code /:tenant/token} and its like, as OpenAPI writes them. */
    private static String path(Route route) {
        String path = route.getName();
        return path.contains("(?<list>") ? "/{tenant}/status/{list}" : path.replaceAll(":(\\w+)", "{$1}");
    }
}
