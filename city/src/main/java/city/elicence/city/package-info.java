/** The whole city in one process: demo, up, end-to-end tests. */
@org.jspecify.annotations.NullMarked
package city.elicence.city;
