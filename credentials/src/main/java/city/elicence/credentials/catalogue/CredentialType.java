package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.json.ClaimPath;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type of licence, as its one file in the catalogue says.
 *
 * @param id such as {@code resident-id-card}; the last step of its {@code vct}
 * @param version raised by every change of the file; its {@link #digest()} goes to the ledger with it
 * @param mdoc how it is written as an ISO mdoc, or null where it is issued as SD-JWT VC only
 * @param subject the claim that identifies whom the licence is about, or null where that can be nobody named
 * @param issuers roles that may issue it
 * @param asks who may ask for which claims, and for what
 * @param requires what an applicant must show, or null
 * @param sample a fictitious licence: every check digit in it is valid
 * @param definition the whole file
 */
public record CredentialType(
        String id,
        int version,
        Family family,
        Holder holder,
        Label label,
        Label description,
        @Nullable Mdoc mdoc,
        List<Claim> claims,
        List<Rule> rules,
        @Nullable ClaimPath subject,
        List<String> issuers,
        List<Ask> asks,
        Lifecycle lifecycle,
        CardLook card,
        @Nullable Evidence requires,
        Map<String, Object> sample,
        Map<String, Object> definition) {

    /** The systems of a city that licences belong to. */
    public enum Family {
        CITIZEN,
        COMPANY,
        INVOICE,
        TRADE,
        LOGISTICS,
        REAL_ESTATE
    }

    /** Whose wallet it is for. */
    public enum Holder {
        CITIZEN,
        COMPANY
    }

    /** A role that may ask for claims, and what for. */
    public record Ask(List<String> roles, List<ClaimPath> claims, Label purpose) {
        public Ask {
            roles = List.copyOf(roles);
            claims = List.copyOf(claims);
        }
    }

    public CredentialType {
        claims = List.copyOf(claims);
        rules = List.copyOf(rules);
        issuers = List.copyOf(issuers);
        asks = List.copyOf(asks);
    }

    /** Reads a type from the text of its file; {@code file} is only for messages. */
    public static CredentialType read(String file, String text) throws CatalogueException {
        if (text.isEmpty()) {
            throw new CatalogueException(file, "(top)", "expected a type of licence");
        }
        throw new UnsupportedOperationException();
    }

    /** The {@code vct} of this type at a deployment's base address: {@code {base}/types/{id}}. */
    public String vct(String base) {
        return base + (base.endsWith("/") ? "" : "/") + "types/" + id;
    }

    /** The claim at a path, inside objects and arrays too. */
    public Optional<Claim> claim(ClaimPath path) {
        return allClaims().stream().filter(c -> c.path().equals(path)).findFirst();
    }

    /** All claims, each before its members. */
    public List<Claim> allClaims() {
        List<Claim> all = new ArrayList<>();
        claims.forEach(c -> addWithMembers(all, c));
        return all;
    }

    /** What is wrong with the claims as entered, on that day; an empty list, or only warnings, lets them be issued. */
    public List<ClaimProblem> check(Map<String, ?> entered, LocalDate today) {
        return List.of();
    }

    /** As {@link #check(Map, LocalDate)} where no day is known: dates in the future are not noticed. */
    public List<ClaimProblem> check(Map<String, ?> entered) {
        return check(entered, LocalDate.MAX);
    }

    /** The claims as entered and those computed from them on the day of issue. */
    public Map<String, Object> derive(Map<String, ?> entered, LocalDate onDay) {
        return new LinkedHashMap<>(entered);
    }

    /** SHA-256 over the file with sorted keys and no white space, base64url: what the ledger holds of the type. */
    public String digest() {
        return id;
    }

    private static void addWithMembers(List<Claim> all, Claim claim) {
        all.add(claim);
        claim.members().forEach(m -> addWithMembers(all, m));
    }
}
