/** SD-JWT VC type metadata: written for our types, and read from whoever made a type. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.metadata;
