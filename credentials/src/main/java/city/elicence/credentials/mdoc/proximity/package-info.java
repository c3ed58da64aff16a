/** Mobile documents face to face (ISO/IEC 18013-5 §8.2, §8.3.2.1, §9.1.1): engagement, session encryption, requests. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.mdoc.proximity;
