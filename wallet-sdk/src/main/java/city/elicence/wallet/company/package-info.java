/** A phone as the pen of one of a company's people: requests that wait at the company's wallet are read and decided on it. */
@NullMarked
package city.elicence.wallet.company;

import org.jspecify.annotations.NullMarked;
