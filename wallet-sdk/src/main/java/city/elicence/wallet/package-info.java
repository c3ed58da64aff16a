/** A holder's wallet: receive, store, present, authorise. */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet;
