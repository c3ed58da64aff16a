@org.jspecify.annotations.NullMarked
package city.elicence.sm2;
