/** The few HTTP exchanges of the protocols, with the rules for addresses that hold for all of them. */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet.http;
