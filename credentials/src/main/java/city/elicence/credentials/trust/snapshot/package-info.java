/** What a verifier knew at one moment, to carry where there is no network. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.trust.snapshot;
