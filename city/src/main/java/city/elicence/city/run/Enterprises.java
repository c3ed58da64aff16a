package city.elicence.city.run;

import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The companies of the demonstration city that have a wallet, with those who sign in for them: {@code city/companies.json}. */
public final class Enterprises {
    private Enterprises() {}

    /** A company and its people. */
    public record Enterprise(Company company, List<Person> people) {
        public Enterprise {
            people = List.copyOf(people);
        }
    }

    public static List<Enterprise> all() {
        try (InputStream file = Enterprises.class.getResourceAsStream("/city/companies.json")) {
            if (file == null) {
                throw new IOException("the list of companies is missing from the program");
            }
            List<Enterprise> all = new ArrayList<>();
            for (Map<String, Object> each : Fields.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .objects("companies")) {
                all.add(enterprise(Fields.of(each)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("companies.json: " + e.getMessage(), e);
        }
    }

    private static Enterprise enterprise(Fields file) throws JsonException {
        List<Person> people = new ArrayList<>();
        for (Map<String, Object> each : file.objects("people")) {
            Fields person = Fields.of(each);
            people.add(new Person(
                    person.string("id"),
                    person.string("name"),
                    person.string("id_number"),
                    person.flag("representative")));
        }
        return new Enterprise(
                new Company(file.string("id"), file.string("zh"), file.string("en"), file.string("unified_code")),
                people);
    }
}
