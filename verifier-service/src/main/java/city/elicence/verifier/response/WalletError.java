package city.elicence.verifier.response;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.util.regex.Pattern;

/** The error codes of wallets: OpenID4VP 1.0 §8.5 and RFC 6749 §4.1.2.1. Descriptions are not kept: they may name people. */
final class WalletError {
    /** RFC 6749 §5.2 allows more characters; no code in use has them. */
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{2,63}");

    private WalletError() {}

    /** The code itself, when it is one. */
    static String code(String text) {
        if (!CODE.matcher(text).matches()) {
            throw new CheckRefused(new Problem.Malformed("error: a code such as access_denied"));
        }
        return text;
    }
}
