@org.jspecify.annotations.NullMarked
package city.elicence.city.setup;
