package city.elicence.verifier.response;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.util.regex.Pattern;

/** The error codes of wallets: OpenID4VP 1.0 §8.5 and RFC 6749 §4.1.2.1. Descriptions are not kept: they may name people. */
final class WalletError {
    /** RFC 6749 appendix A.7. */
    private static final Pattern ALLOWED = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** The form of every code that a standard defines. */
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{2,63}");

    /** Stands for what RFC 6749 allows and no standard has: free text, for all we know. */
    private static final String OTHER = "other_error";

    private WalletError() {}

    /** The code to keep: a standard's own as it stands, of any other only that it was one. */
    static String code(String text) {
        if (!ALLOWED.matcher(text).matches()) {
            throw new CheckRefused(new Problem.Malformed("error: a code such as access_denied"));
        }
        return CODE.matcher(text).matches() ? text : OTHER;
    }
}
