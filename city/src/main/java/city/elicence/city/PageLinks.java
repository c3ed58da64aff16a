package city.elicence.city;

import city.elicence.city.run.City;
import city.elicence.credentials.staff.StaffRole;
import java.io.PrintStream;
import java.net.URI;

/** The addresses of a city's pages, as the terminal prints them; whoever opens one of the desks' is signed in by it, once. */
final class PageLinks {
    private PageLinks() {}

    static void print(City city, URI portal, PrintStream out) {
        out.println("  portal          " + portal);
        out.println("  issuer console  " + city.signInLink(city.issuerBase(), StaffRole.CLERK) + "  (works once)");
        out.println("  verifier page   " + city.signInLink(city.verifierBase(), StaffRole.VERIFIER) + "  (works once)");
        out.println("  company wallet  " + city.companyLink("zhizao", "lin-xiaoning") + "  (works once)");
    }
}
