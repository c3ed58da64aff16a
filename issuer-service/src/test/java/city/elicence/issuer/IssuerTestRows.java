package city.elicence.issuer;

import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import java.util.function.Consumer;

/** A fresh tenant's rows, for tests of one step on the real database. */
public final class IssuerTestRows {
    private IssuerTestRows() {}

    /** Rows of a tenant that nothing else uses. */
    public record TenantRows(String id, Rows rows) {}

    /** Lets a test work on a tenant of its own. */
    public static void withTenant(Consumer<TenantRows> test) {
        try (TestCity city = new TestCity()) {
            test.accept(new TenantRows(city.police, new Store(city.pool()).direct()));
        }
    }
}
