package city.elicence.company.http;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.web.HttpRefusal;
import city.elicence.web.Staff;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.RoutingContext;

/** Who signed in, for which company. A person belongs to one company and is told nothing of another. */
record Signed(Company company, Person person) {
    static Signed in(StaffDoor door, Companies companies, RoutingContext ctx) {
        Staff staff = door.require(ctx, StaffRole.COMPANY);
        String office = staff.office();
        if (office == null) {
            throw new HttpRefusal(403, "insufficient_scope", "this sign-in names no company");
        }
        Company company = companies.find(office).orElseThrow(() -> Refused.notFound("company"));
        Person person = companies
                .person(office, staff.subject())
                .orElseThrow(() -> new HttpRefusal(403, "insufficient_scope", "not one of this company's people"));
        return new Signed(company, person);
    }
}
