/** The embedded ledger node: the Indy client protocol over CurveZMQ, on one durable file. */
@org.jspecify.annotations.NullMarked
package city.elicence.node;
