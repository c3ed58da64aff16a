/** A ledger in memory, for the tests of services: the rules of the real one, and its faults at will. Never for use. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.memory;
