package city.elicence.city.story;

import java.util.List;
import java.util.Optional;

/** The stories that can be played. */
public final class Stories {
    private static final List<Story> ALL = List.of(
            new ELicences(),
            new EInvoices(),
            new SmeFinance(),
            new SingleWindow(),
            new RealEstate(),
            new Ekyc(),
            new AirportLogistics());

    private Stories() {}

    public static List<Story> all() {
        return ALL;
    }

    public static Optional<Story> named(String name) {
        return ALL.stream().filter(story -> story.name().equals(name)).findFirst();
    }
}
