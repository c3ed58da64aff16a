/** The contract that every ledger keeps, run on the embedded node by each client there is. */
@org.jspecify.annotations.NullMarked
package city.elicence.node.contract;
