/** Who signed something, known by signature, certificate chain and accreditation together; and whether who asks may ask. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.verify.party;
