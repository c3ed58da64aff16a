/** What was shown, in its format: what each check asks of an SD-JWT VC, and of a mobile document. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.verify.shown;
