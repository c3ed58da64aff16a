/** Standing consents: what an organisation answers without asking a person each time. */
@NullMarked
package city.elicence.wallet.authorise;

import org.jspecify.annotations.NullMarked;
