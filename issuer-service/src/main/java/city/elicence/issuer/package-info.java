/** Issues licences: registry, offer, token, issue, status, anchor; one package a step. */
@org.jspecify.annotations.NullMarked
package city.elicence.issuer;
