@org.jspecify.annotations.NullMarked
package city.elicence.web.database;
