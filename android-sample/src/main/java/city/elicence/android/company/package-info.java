/** What waits at a company's wallet for the holder's yes or no. */
@NullMarked
package city.elicence.android.company;

import org.jspecify.annotations.NullMarked;
