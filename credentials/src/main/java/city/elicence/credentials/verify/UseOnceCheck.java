package city.elicence.credentials.verify;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.refusal.Check;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import city.elicence.credentials.verify.shown.Contents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the intended use has happened before, as far as is known here. To register the use on the ledger decides. */
final class UseOnceCheck {
    private UseOnceCheck() {}

    static CheckResult check(@Nullable UseOnce use, Contents contents, TrustView trust) throws RefusedException {
        if (use == null) {
            return result(CheckResult.Outcome.NOT_CHECKED, "no use is intended that may happen once only");
        }
        return switch (trust.useState(nullifier(use, contents))) {
            case FREE -> result(CheckResult.Outcome.PASSED, "not used before for " + use.purpose());
            case UNKNOWN -> result(CheckResult.Outcome.WARNED, "not known here whether it was used before");
            case USED -> throw new RefusedException(Refusal.ALREADY_USED, "used before for " + use.purpose());
        };
    }

    private static Nullifier nullifier(UseOnce use, Contents contents) throws RefusedException {
        List<?> found = use.secret().select(contents.claims());
        if (found.size() != 1 || !(found.get(0) instanceof String secret)) {
            throw new RefusedException(Refusal.USE_ONCE_SECRET_MISSING, use.secret() + ": expected to be disclosed");
        }
        try {
            return Nullifier.of(use.purpose(), Base64Url.decode(secret));
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.USE_ONCE_SECRET_MISSING, use.secret() + ": expected base64url of at least 16 bytes");
        }
    }

    private static CheckResult result(CheckResult.Outcome outcome, String detail) {
        return new CheckResult(Check.USE_ONCE, outcome, detail);
    }
}
