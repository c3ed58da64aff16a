package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.catalogue.CredentialType.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/licence-types.md is written from the catalogue, so that it cannot lie. */
class LicenceTypesPageTest {
    private static final String REFRESH =
            "mvn -q -pl credentials test -Dtest=LicenceTypesPageTest -Delicence.refresh=true";
    private static final Path PAGE = Path.of(System.getProperty("elicence.root", ".."), "docs/licence-types.md");

    @Test
    @DisplayName("The page of licence types says what the catalogue says")
    void page() throws IOException {
        String page = render(Catalogue.builtIn());
        if (Boolean.getBoolean("elicence.refresh")) {
            Files.writeString(PAGE, page);
        }
        String kept = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        assertEquals(page, kept, "docs/licence-types.md is stale; refresh it with: " + REFRESH);
    }

    private static String render(Catalogue catalogue) {
        StringBuilder page = new StringBuilder("# Licence types\n\n")
                .append(
                        "Written from `credentials/src/main/resources/catalogue/`; a test fails when it is stale. Refresh: `")
                .append(REFRESH)
                .append(
                        "`\n\nIn the claims, **bold** is readable in every presentation, the rest is disclosed one by one by the"
                                + " holder; *italic* is computed at issue; `?` may be absent. ")
                .append(catalogue.types().size())
                .append(" types.\n");
        for (Family family : Family.values()) {
            String name = family.name().charAt(0) + family.name().substring(1).toLowerCase(Locale.ROOT);
            page.append("\n## ").append(name.replace('_', ' ')).append("\n\n");
            page.append("| type | issued by | valid | claims | asked by |\n|---|---|---|---|---|\n");
            catalogue.types().stream()
                    .filter(type -> type.family() == family)
                    .forEach(type -> page.append(row(catalogue, type)));
        }
        return page.toString();
    }

    private static String row(Catalogue catalogue, CredentialType type) {
        List<String> claims = new ArrayList<>();
        type.claims().forEach(claim -> claims.add(claim(claim)));
        List<String> askers = new ArrayList<>();
        for (CredentialType.Ask ask : type.asks()) {
            askers.add(names(catalogue, ask.roles()) + ": " + ask.purpose().en());
        }
        return "| **" + type.label().zh() + "** " + type.label().en() + " `" + type.id() + "`" + life(type) + " | "
                + names(catalogue, type.issuers()) + " | " + validity(type) + " | " + String.join(", ", claims) + " | "
                + String.join("; ", askers) + " |\n";
    }

    private static String claim(Claim claim) {
        String name = claim.name() + (claim.mandatory() ? "" : "?");
        String styled = claim.derived() != null ? "*" + name + "*" : name;
        if (claim.disclosure() == Claim.Disclosure.ALWAYS) {
            styled = "**" + name + "**";
        }
        if (claim.members().isEmpty()) {
            return styled;
        }
        List<String> members = new ArrayList<>();
        claim.members().forEach(member -> members.add(claim(member)));
        return styled + " (" + String.join(", ", members) + ")";
    }

    private static String life(CredentialType type) {
        StringBuilder life = new StringBuilder();
        Mdoc mdoc = type.mdoc();
        if (mdoc != null) {
            life.append("<br>mdoc `").append(mdoc.doctype()).append('`');
        }
        Evidence requires = type.requires();
        if (requires != null) {
            List<String> needed = new ArrayList<>();
            requires.query().credentials().forEach(asked -> needed.addAll(Evidence.typesOf(asked)));
            life.append("<br>needs ").append(String.join(", ", needed));
        }
        Lifecycle.UseOnce useOnce = type.lifecycle().useOnce();
        if (useOnce != null) {
            life.append("<br>used once: ").append(useOnce.kind());
        }
        return life.toString();
    }

    private static String validity(CredentialType type) {
        Object until = type.lifecycle().untilClaim();
        return type.lifecycle().longest().toString().substring(1) + (until == null ? "" : ", until `" + until + "`");
    }

    private static String names(Catalogue catalogue, List<String> roles) {
        List<String> names = new ArrayList<>();
        roles.forEach(
                role -> names.add(catalogue.role(role).orElseThrow().label().en()));
        return String.join(", ", names);
    }
}
