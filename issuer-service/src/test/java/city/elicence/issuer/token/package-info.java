@org.jspecify.annotations.NullMarked
package city.elicence.issuer.token;
