package city.elicence.credentials.trust;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of the ledger as JSON, both ways: what stands in an ATTRIB and in a snapshot. Unknown fields are refused. */
public final class LedgerJson {
    private LedgerJson() {}

    public static Map<String, Object> write(Accreditation accreditation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("did", accreditation.did().value());
        json.put("zh", accreditation.names().zh());
        json.put("en", accreditation.names().en());
        List<Object> roles = new ArrayList<>();
        for (Role role : accreditation.roles()) {
            roles.add(role.name().toLowerCase(Locale.ROOT));
        }
        json.put("roles", roles);
        List<Object> anchors = new ArrayList<>();
        for (Anchor anchor : accreditation.anchors()) {
            anchors.add(anchor(anchor));
        }
        json.put("anchors", anchors);
        List<Object> issues = new ArrayList<>();
        for (Grant grant : accreditation.issues()) {
            issues.add(period(grant.type(), grant.period()));
        }
        json.put("issues", issues);
        List<Object> asks = new ArrayList<>();
        for (AskGrant grant : accreditation.asks()) {
            Map<String, Object> ask = period(grant.type(), grant.period());
            List<Object> claims = new ArrayList<>();
            grant.claims().forEach(claim -> claims.add(claim.toJson()));
            ask.put("claims", claims);
            asks.add(ask);
        }
        json.put("asks", asks);
        time(json, "frozen_since", accreditation.frozenSince());
        return json;
    }

    public static Accreditation accreditation(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json).only("did", "zh", "en", "roles", "anchors", "issues", "asks", "frozen_since");
        List<Anchor> anchors = new ArrayList<>();
        for (Map<String, Object> anchor : fields.objects("anchors")) {
            anchors.add(anchor(anchor));
        }
        List<Grant> issues = new ArrayList<>();
        for (Map<String, Object> grant : fields.objects("issues")) {
            Fields each = Fields.of(grant).only("type", "from", "until");
            issues.add(new Grant(each.string("type"), period(each)));
        }
        List<AskGrant> asks = new ArrayList<>();
        for (Map<String, Object> grant : fields.objects("asks")) {
            Fields each = Fields.of(grant).only("type", "from", "until", "claims");
            List<ClaimPath> claims = new ArrayList<>();
            for (Object claim : each.list("claims")) {
                claims.add(ClaimPath.fromJson(claim));
            }
            asks.add(new AskGrant(each.string("type"), claims, period(each)));
        }
        return valid(() -> new Accreditation(
                Did.parse(fields.string("did")),
                new Names(fields.string("zh"), fields.string("en")),
                roles(fields.strings("roles")),
                anchors,
                issues,
                asks,
                fields.optTime("frozen_since").orElse(null)));
    }

    public static Map<String, Object> write(LogHead head) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("did", head.did().value());
        json.put("size", head.size());
        json.put("root", head.root());
        time(json, "at", head.at());
        return json;
    }

    public static LogHead logHead(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json).only("did", "size", "root", "at");
        return valid(() -> new LogHead(
                Did.parse(fields.string("did")), fields.longValue("size"), fields.string("root"), fields.time("at")));
    }

    public static Map<String, Object> write(StatusHead head) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("did", head.did().value());
        json.put("list", head.list().toString());
        json.put("version", head.version());
        json.put("sha256", head.tokenSha256());
        time(json, "at", head.at());
        return json;
    }

    public static StatusHead statusHead(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json).only("did", "list", "version", "sha256", "at");
        return valid(() -> new StatusHead(
                Did.parse(fields.string("did")),
                fields.uri("list"),
                fields.longValue("version"),
                fields.string("sha256"),
                fields.time("at")));
    }

    public static Map<String, Object> write(TypeRecord type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", type.id());
        json.put("version", (long) type.version());
        json.put("vct", type.vct());
        json.put("digest", type.digest());
        return json;
    }

    public static TypeRecord type(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json).only("id", "version", "vct", "digest");
        return valid(() -> new TypeRecord(
                fields.string("id"),
                Math.toIntExact(fields.longValue("version")),
                fields.string("vct"),
                fields.string("digest")));
    }

    private static Map<String, Object> anchor(Anchor anchor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ski", anchor.subjectKeyId());
        json.put("sha256", anchor.sha256());
        json.put("certificate", anchor.certificate());
        return json;
    }

    private static Anchor anchor(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json).only("ski", "sha256", "certificate");
        Anchor anchor =
                valid(() -> new Anchor(fields.string("ski"), fields.string("sha256"), fields.string("certificate")));
        anchor.requireFingerprint();
        return anchor;
    }

    private static Map<String, Object> period(String type, Period period) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        time(json, "from", period.from());
        time(json, "until", period.until());
        return json;
    }

    private static Period period(Fields fields) throws JsonException {
        return valid(
                () -> new Period(fields.time("from"), fields.optTime("until").orElse(null)));
    }

    private static Set<Role> roles(List<String> names) throws JsonException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            roles.add(valid(() -> Role.valueOf(name.toUpperCase(Locale.ROOT))));
        }
        return roles;
    }

    private static void time(Map<String, Object> json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }

    private interface Reading<T> {
        T read() throws JsonException;
    }

    /** A record's own refusal becomes a refusal of the input. */
    private static <T> T valid(Reading<T> reading) throws JsonException {
        try {
            return reading.read();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new JsonException(e.getMessage() == null ? "expected another value" : e.getMessage(), e);
        }
    }
}
