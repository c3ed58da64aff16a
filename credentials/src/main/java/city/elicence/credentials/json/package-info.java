/** JSON as trees of maps, lists, strings, numbers, booleans and null: read strictly, written the same way twice. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.json;
