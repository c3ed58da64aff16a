/** Token Status List (draft 14 to 21): the compressed list, the signed token that carries it, the reference to a place in it. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.status;
