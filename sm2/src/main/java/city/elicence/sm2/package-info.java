/** SM2 with SM3, the suite of China's commercial cryptography, for who hands it in beside ES256. */
@org.jspecify.annotations.NullMarked
package city.elicence.sm2;
