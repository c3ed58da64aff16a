package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * @param sample a fictitious licence, marked as test data: every check digit in it is valid
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

    /** Roles that may ask for claims, and what for. */
    public record Ask(List<String> roles, List<ClaimPath> claims, Label purpose) {
        public Ask {
            roles = List.copyOf(roles);
            claims = List.copyOf(claims);
        }
    }

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern ACT = Pattern.compile("issue|revoke|suspend");
    private static final int MOST_VERSIONS = 1_000_000;

    public CredentialType {
        claims = List.copyOf(claims);
        rules = List.copyOf(rules);
        issuers = List.copyOf(issuers);
        asks = List.copyOf(asks);
    }

    /** Reads a type from the text of its file; {@code file} is only for messages. */
    public static CredentialType read(String file, String text) throws CatalogueException {
        Entry entry = Entry.parse(file, text);
        entry.only(
                "id",
                "version",
                "family",
                "holder",
                "label",
                "description",
                "subject",
                "issuers",
                "validity",
                "card",
                "claims",
                "rules",
                "asks",
                "mdoc",
                "requires",
                "suspended_by",
                "causes",
                "supersedes",
                "use_once",
                "two_persons",
                "held_by",
                "sample");
        List<Claim> claims = Claim.readAll(entry.get("claims"), null);
        Claims known = new Claims(claims);
        checkDerivations(entry.get("claims"), claims, known);
        List<Rule> rules = new ArrayList<>();
        for (Entry rule : entry.elements("rules")) {
            rules.add(Rule.read(rule, known));
        }
        Optional<Entry> mdoc = entry.find("mdoc");
        Optional<Entry> subject = entry.find("subject");
        Optional<Entry> requires = entry.find("requires");
        for (Entry act : entry.elements("two_persons")) {
            act.text(ACT, "issue, revoke or suspend");
        }
        CredentialType type = new CredentialType(
                entry.get("id").text(ID, "an id of lower-case letters, digits and hyphens"),
                (int) entry.get("version").number(1, MOST_VERSIONS),
                entry.get("family").word(Family.class),
                entry.get("holder").word(Holder.class),
                Label.read(entry.get("label")),
                Label.read(entry.get("description")),
                mdoc.isPresent() ? Mdoc.read(mdoc.get(), known) : null,
                claims,
                rules,
                subject.isPresent() ? known.path(subject.get(), ValueType.STRING) : null,
                texts(entry.get("issuers")),
                readAsks(entry, known),
                Lifecycle.read(entry, known),
                CardLook.read(entry.get("card"), known),
                requires.isPresent() ? Evidence.read(requires.get(), known) : null,
                entry.get("sample").object(),
                entry.object());
        List<ClaimProblem> problems = type.check(type.sample());
        if (!problems.isEmpty()) {
            ClaimProblem first = problems.get(0);
            throw new CatalogueException(
                    file,
                    "sample." + first.path(),
                    "expected a valid sample: " + first.sentence().en());
        }
        return type;
    }

    /** The forms in which it is issued. */
    public List<Format> formats() {
        return mdoc == null ? List.of(Format.SD_JWT_VC) : List.of(Format.SD_JWT_VC, Format.MDOC);
    }

    /** The {@code vct} of this type at a deployment's base address: {@code {base}/types/{id}}. */
    public String vct(String base) {
        return base + (base.endsWith("/") ? "" : "/") + "types/" + id;
    }

    /** The claim at a path, inside objects and arrays too. */
    public Optional<Claim> claim(ClaimPath path) {
        return new Claims(claims).find(path);
    }

    /** The acts, of {@code issue}, {@code revoke} and {@code suspend}, that one clerk asks for and another does. */
    public List<String> twoPersons() {
        List<String> acts = new ArrayList<>();
        if (definition.get("two_persons") instanceof List<?> named) {
            named.forEach(act -> acts.add(String.valueOf(act)));
        }
        return Collections.unmodifiableList(acts);
    }

    /** The claims that name whose wallet a licence is for: those that the file names, or else its subject. */
    public List<ClaimPath> holders() {
        if (!lifecycle.heldBy().isEmpty() || subject == null) {
            return lifecycle.heldBy();
        }
        return Collections.singletonList(subject);
    }

    /** All claims, each before its members. */
    public List<Claim> allClaims() {
        List<Claim> all = new ArrayList<>();
        claims.forEach(claim -> addWithMembers(all, claim));
        return Collections.unmodifiableList(all);
    }

    /** What is wrong with the claims as entered, on that day; an empty list, or only warnings, lets them be issued. */
    public List<ClaimProblem> check(Map<String, ?> entered, LocalDate today) {
        return problems(entered, today);
    }

    /** As {@link #check(Map, LocalDate)} where no day is known: dates in the future are not noticed. */
    public List<ClaimProblem> check(Map<String, ?> entered) {
        return problems(entered, null);
    }

    /** The claims as entered, with their secrets, and those computed from them on the day of issue; the claims passed their check. */
    public Map<String, Object> derive(Map<String, ?> entered, LocalDate onDay) {
        Map<String, Object> full = new LinkedHashMap<>();
        for (Claim claim : claims) {
            Derivation derivation = claim.derived();
            Object value = derivation == null ? entered.get(claim.name()) : derivation.compute(entered, onDay);
            if (value != null) {
                full.put(claim.name(), value);
            }
        }
        return full;
    }

    /** SHA-256 over the file with sorted keys and no white space, base64url: what the ledger holds of the type. */
    public String digest() {
        try {
            byte[] canonical = Json.writeSorted(definition).getBytes(StandardCharsets.UTF_8);
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private List<ClaimProblem> problems(Map<String, ?> entered, @Nullable LocalDate today) {
        List<ClaimProblem> problems = ClaimCheck.of(claims, entered);
        if (problems.stream().allMatch(ClaimProblem::warning)) {
            for (Rule rule : rules) {
                rule.check(entered, today).ifPresent(problem -> problems.add(withLabels(problem)));
            }
        }
        return Collections.unmodifiableList(problems);
    }

    /** Rules name other claims by their path in braces; people read the label. */
    private ClaimProblem withLabels(ClaimProblem problem) {
        String zh = problem.sentence().zh();
        String en = problem.sentence().en();
        for (Claim claim : allClaims()) {
            String braced = "{" + claim.path() + "}";
            zh = zh.replace(braced, claim.label().zh());
            en = en.replace(braced, claim.label().en());
        }
        return new ClaimProblem(problem.path(), problem.code(), new Label(zh, en), problem.warning());
    }

    private static void checkDerivations(Entry array, List<Claim> claims, Claims known) throws CatalogueException {
        List<Entry> entries = array.elements();
        for (int i = 0; i < entries.size(); i++) {
            Derivation.check(claims.get(i), entries.get(i), known);
            List<Claim> within = new ArrayList<>();
            claims.get(i).members().forEach(member -> addWithMembers(within, member));
            if (!within.stream().allMatch(Claim::entered)) {
                throw entries.get(i).expected("derived claims and secrets at the top only");
            }
        }
    }

    private static List<Ask> readAsks(Entry type, Claims known) throws CatalogueException {
        List<Ask> asks = new ArrayList<>();
        for (Entry ask : type.elements("asks")) {
            ask.only("roles", "claims", "purpose");
            asks.add(new Ask(
                    texts(ask.get("roles")),
                    known.paths(ask.get("claims").elements()),
                    Label.read(ask.get("purpose"))));
        }
        return asks;
    }

    private static List<String> texts(Entry array) throws CatalogueException {
        List<String> texts = new ArrayList<>();
        for (Entry element : array.elements()) {
            texts.add(element.text());
        }
        return texts;
    }

    private static void addWithMembers(List<Claim> all, Claim claim) {
        all.add(claim);
        claim.members().forEach(member -> addWithMembers(all, member));
    }
}
