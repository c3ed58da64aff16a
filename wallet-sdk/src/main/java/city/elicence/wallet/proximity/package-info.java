/** Mobile documents shown to a reader that is near (ISO/IEC 18013-5 sections 8 and 9.1). */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet.proximity;
