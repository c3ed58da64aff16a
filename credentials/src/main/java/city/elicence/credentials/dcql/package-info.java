/** The Digital Credentials Query Language, OpenID4VP 1.0 clauses 6 and 7. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.dcql;
