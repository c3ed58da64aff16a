package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.check.Validator;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One claim of a licence type.
 *
 * @param path where it stands in the credential
 * @param validator the check on its form, or null; on each text of an array of texts
 * @param mandatory whether it is in every licence (within its object, if that is there)
 * @param derived how it is computed at issue, or null when it is entered
 * @param choices the values it may have; empty for any
 * @param members the claims inside an object, or inside each object of an array; empty for an array of texts
 */
public record Claim(
        ClaimPath path,
        Label label,
        ValueType type,
        @Nullable Validator validator,
        Disclosure disclosure,
        boolean mandatory,
        @Nullable Derivation derived,
        List<Choice> choices,
        List<Claim> members) {

    /** What a value is, and so how it is asked for on a form and compared. */
    public enum ValueType {
        STRING,
        /** A full date, {@code 2026-11-23} (RFC 3339 full-date). */
        DATE,
        /** A moment, {@code 2026-11-23T08:00:00+08:00} (RFC 3339 date-time). */
        DATETIME,
        INTEGER,
        /** An amount in fen (1/100 yuan), a whole number from 0. */
        MONEY,
        BOOLEAN,
        OBJECT,
        ARRAY,
        /** A picture as a {@code data:} URI of PNG, JPEG or SVG. */
        IMAGE
    }

    /** Whether the holder can keep the claim back. */
    public enum Disclosure {
        /** Readable in every presentation. */
        ALWAYS,
        /** Selectively disclosable (RFC 9901). */
        SELECTIVE
    }

    /** A value that a claim may have, and what people call it. */
    public record Choice(String value, Label label) {}

    private static final int DEEPEST = 4;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    /** SD-JWT VC §2.2.2.2 gives these a meaning of their own, and RFC 9901 the ones with an underscore in front. */
    private static final Set<String> RESERVED = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList("iss sub iat nbf exp jti aud cnf vct status".split(" "))));

    public Claim {
        choices = List.copyOf(choices);
        members = List.copyOf(members);
    }

    static List<Claim> readAll(Entry array, @Nullable ClaimPath within) throws CatalogueException {
        List<Claim> claims = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Entry entry : array.elements()) {
            Claim claim = read(entry, within);
            if (!names.add(claim.name())) {
                throw entry.expected("a name that no claim before has");
            }
            claims.add(claim);
        }
        return claims;
    }

    private static Claim read(Entry entry, @Nullable ClaimPath within) throws CatalogueException {
        entry.only("name", "label", "type", "validator", "disclosure", "mandatory", "derived", "choices", "claims");
        ClaimPath path = readPath(entry.get("name"), within);
        ValueType type = entry.get("type").word(ValueType.class);
        List<Choice> choices = new ArrayList<>();
        for (Entry choice : entry.elements("choices")) {
            choice.only("value", "label");
            choices.add(new Choice(choice.get("value").text(), Label.read(choice.get("label"))));
        }
        Optional<Entry> validator = entry.find("validator");
        Optional<Entry> derived = entry.find("derived");
        if ((validator.isPresent() || !choices.isEmpty()) && type != ValueType.STRING && type != ValueType.ARRAY) {
            throw entry.expected("a validator or choices only with the type string or array");
        }
        return new Claim(
                path,
                Label.read(entry.get("label")),
                type,
                validator.isPresent() ? validator.get().word(Validator.class) : null,
                entry.get("disclosure").word(Disclosure.class),
                entry.flag("mandatory"),
                derived.isPresent() ? Derivation.read(derived.get()) : null,
                choices,
                readMembers(entry, type, path));
    }

    private static ClaimPath readPath(Entry name, @Nullable ClaimPath within) throws CatalogueException {
        String step = name.text(NAME, "a claim name of lower-case letters, digits and underscores");
        if (within == null) {
            if (RESERVED.contains(step)) {
                throw name.expected("a name that SD-JWT VC does not reserve");
            }
            return ClaimPath.of(step);
        }
        if (within.steps().size() >= DEEPEST) {
            throw name.expected("claims at most " + DEEPEST + " deep");
        }
        return within.then(step);
    }

    private static List<Claim> readMembers(Entry entry, ValueType type, ClaimPath path) throws CatalogueException {
        Optional<Entry> members = entry.find("claims");
        if (members.isPresent() && type != ValueType.OBJECT && type != ValueType.ARRAY) {
            throw members.get().expected("no claims inside a claim that is neither object nor array");
        }
        if (type == ValueType.OBJECT) {
            return readAll(entry.get("claims"), path);
        }
        return members.isPresent() ? readAll(members.get(), path.then(null)) : List.of();
    }

    public String name() {
        return String.valueOf(path.steps().get(path.steps().size() - 1));
    }

    /** Whether it holds a secret that the issuer makes: 16 random bytes in base64url, never entered by anyone. */
    public boolean secret() {
        return validator == Validator.SECRET_128;
    }

    /** Whether somebody types it in: not computed at issue, and not a secret made at issue. */
    public boolean entered() {
        return derived == null && !secret();
    }
}
