/** What is published about types of licence: their metadata and pictures, the ones of earlier versions too. */
@org.jspecify.annotations.NullMarked
package city.elicence.issuer.type;
