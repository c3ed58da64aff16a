/** The words of the ledger: who is accredited for what, since when, and what a verifier knows of it now. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.trust;
