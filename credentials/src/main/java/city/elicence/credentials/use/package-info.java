/** What a licence that may be used once was used for: entries on the ledger that only who was shown its secret can find and read. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.use;
