@org.jspecify.annotations.NullMarked
package city.elicence.credentials.metadata;
