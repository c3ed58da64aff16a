/** An organisation's always-on wallet as a service: companies are rows, their staff sign in, requests are answered. */
@NullMarked
package city.elicence.company;

import org.jspecify.annotations.NullMarked;
