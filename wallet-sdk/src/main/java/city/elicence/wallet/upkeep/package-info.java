/** What a wallet learns about its cards after it has them: anchored or not, in force or not. */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet.upkeep;
