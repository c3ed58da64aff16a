/** DID documents: the keys that a party publishes as its own. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.did;
