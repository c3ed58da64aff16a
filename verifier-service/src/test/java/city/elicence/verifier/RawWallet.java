package city.elicence.verifier;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A wallet written from the text of OpenID4VP 1.0 for tests, which can also do what no wallet should. */
final class RawWallet {
    private RawWallet() {}

    /** A request as the wallet got it. */
    record Request(Jws object, Map<String, Object> claims) {
        String text(String name) {
            try {
                return Fields.of(claims).string(name);
            } catch (JsonException e) {
                throw new AssertionError("no " + name + " in the request", e);
            }
        }

        Fields clientMetadata() {
            try {
                return Fields.of(claims).fields("client_metadata");
            } catch (JsonException e) {
                throw new AssertionError(e);
            }
        }

        Map<String, Object> encryptionJwk() {
            try {
                return clientMetadata().fields("jwks").objects("keys").get(0);
            } catch (JsonException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** §5.10: fetches by the link that the QR code shows. */
    static Request follow(String link) {
        String address = query(link).get("request_uri");
        TestApi.Answer answer = TestApi.getAnonymously(String.valueOf(address), Map.of());
        if (answer.status() != 200) {
            throw new AssertionError("request object: " + answer.status() + " " + answer.body());
        }
        return parse(answer.body());
    }

    static Request parse(String jwt) {
        try {
            Jws object = Jws.parse(jwt);
            return new Request(object, object.claims());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> query(String link) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : String.valueOf(URI.create(link).getRawQuery()).split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** An SD-JWT+KB that shows these claims to whoever made the request. */
    static String present(TestIssuer.Held held, Request request, String... claims) {
        return present(held, request.text("nonce"), request.text("client_id"), Instant.now(), Map.of(), claims);
    }

    static String present(
            TestIssuer.Held held,
            String nonce,
            String audience,
            Instant at,
            Map<String, Object> more,
            String... claims) {
        try {
            List<ClaimPath> paths = new ArrayList<>();
            for (String claim : claims) {
                paths.add(ClaimPath.of(claim));
            }
            SdJwt shown = held.credential().present(paths);
            return KeyBinding.sign(shown, nonce, audience, at, more, held.holder())
                    .serialize();
        } catch (SdJwtException e) {
            throw new AssertionError(e);
        }
    }

    /** §8.3: encrypted to the key in the request, posted to its response address. */
    static TestApi.Answer respond(Request request, Map<String, Object> vpToken) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("vp_token", vpToken);
        payload.put("state", request.text("state"));
        return post(request, encrypt(request, payload, "A128GCM"));
    }

    static TestApi.Answer respond(Request request, String queryId, String... presentations) {
        return respond(request, Map.of(queryId, List.of(presentations)));
    }

    static String encrypt(Request request, Map<String, Object> payload, String enc) {
        Map<String, Object> jwk = request.encryptionJwk();
        return encryptTo(jwk, String.valueOf(jwk.get("kid")), payload, enc);
    }

    static String encryptTo(Map<String, Object> jwk, String kid, Map<String, Object> payload, String enc) {
        try {
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("alg", "ECDH-ES");
            header.put("enc", enc);
            header.put("kid", kid);
            return Jwe.encrypt(Json.write(payload).getBytes(StandardCharsets.UTF_8), header, EcPublicKey.fromJwk(jwk));
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static TestApi.Answer post(Request request, String jwe) {
        return TestApi.postForm(request.text("response_uri"), Map.of("response", jwe));
    }
}
