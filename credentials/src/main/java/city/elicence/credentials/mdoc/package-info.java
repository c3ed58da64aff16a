/** Mobile documents (ISO/IEC 18013-5): issued, shown, checked. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.mdoc;
