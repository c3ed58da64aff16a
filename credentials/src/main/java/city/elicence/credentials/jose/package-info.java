/** JWS, JWE, EC keys and X.509 chains. The only package that sees the JOSE library, whose types do not leave it. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.jose;
