package city.elicence.wallet.company;

import city.elicence.wallet.http.Form;
import city.elicence.wallet.http.SafeUri;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a company wallet's page shows to a person, for their phone: {@code elicence-company://?wallet=…&company=…&code=…}.
 *
 * @param wallet base address of the service
 * @param code good once, for some minutes
 */
public record CompanyLink(URI wallet, String company, String code) {
    public static final String SCHEME = "elicence-company";

    /** Null where the text is no such link. */
    public static @Nullable CompanyLink of(String text) {
        Map<String, String> given = text.startsWith(SCHEME + ":") ? Form.queryOf(text) : null;
        if (given == null) {
            return null;
        }
        URI wallet = SafeUri.of(given.get("wallet"));
        String company = given.get("company");
        String code = given.get("code");
        return wallet == null || company == null || code == null || !company.matches("[a-z][a-z0-9-]{1,62}")
                ? null
                : new CompanyLink(wallet, company, code);
    }

    String audience() {
        return wallet + "/" + company;
    }
}
