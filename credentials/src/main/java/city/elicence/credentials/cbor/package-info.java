/** CBOR (RFC 8949): written deterministically, read strictly. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.cbor;
