package city.elicence.issuer.issue;

import city.elicence.credentials.catalogue.Format;

/** What a credential request means, among what its access token is for: a licence-to-be, and the format. */
record Wanted(String licence, Format format) {
    /** By its credential identifier. */
    static Wanted named(String identifier) {
        return new Wanted(Format.base(identifier), Format.of(identifier));
    }
}
