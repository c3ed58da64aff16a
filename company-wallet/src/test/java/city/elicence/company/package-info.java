@org.jspecify.annotations.NullMarked
package city.elicence.company;
