package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One claim of a licence type.
 *
 * @param path where it stands in the credential
 * @param validator the name of the check on its form, such as {@code citizen-id}, or null
 * @param mandatory whether the clerk must give it (within its object, if that is given)
 * @param derived how it is computed at issue, or null when it is entered
 * @param choices the values it may have; empty for any
 * @param members the claims inside an object, or inside each object of an array; empty for an array of texts
 */
public record Claim(
        ClaimPath path,
        Label label,
        ValueType type,
        @Nullable String validator,
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

    public Claim {
        choices = List.copyOf(choices);
        members = List.copyOf(members);
    }

    public String name() {
        return String.valueOf(path.steps().get(path.steps().size() - 1));
    }

    /** Whether somebody types it in: not computed at issue, and not a secret made at issue. */
    public boolean entered() {
        return derived == null && !"secret-128".equals(validator);
    }
}
