@org.jspecify.annotations.NullMarked
package city.elicence.interop.multipaz;
