package city.elicence.verifier.response;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a wallet posted, by its form parameters (OpenID4VP 1.0 §8.2, §8.3.1, §8.5). Unknown parameters are ignored. */
public sealed interface WalletForm {
    /** {@code direct_post.jwt}: everything is inside the JWE. */
    record Encrypted(String jwe) implements WalletForm {}

    /** {@code direct_post}. */
    record Plain(String vpToken, String state) implements WalletForm {}

    /** The wallet or its holder declined, unencrypted. */
    record Declined(String error, String state) implements WalletForm {}

    /** Reads the form; a parameter that comes twice makes it malformed, one without a value is not there (RFC 6749 §3.1). */
    static WalletForm read(Map<String, List<String>> form) {
        String error = single(form, "error");
        if (error != null) {
            return new Declined(WalletError.code(error), required(form, "state"));
        }
        String response = single(form, "response");
        if (response != null) {
            return new Encrypted(response);
        }
        return new Plain(required(form, "vp_token"), required(form, "state"));
    }

    private static String required(Map<String, List<String>> form, String name) {
        String value = single(form, name);
        if (value == null) {
            throw new CheckRefused(new Problem.Malformed("expected the form parameter " + name));
        }
        return value;
    }

    private static @Nullable String single(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new CheckRefused(new Problem.Malformed("expected the form parameter " + name + " once"));
        }
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }
}
