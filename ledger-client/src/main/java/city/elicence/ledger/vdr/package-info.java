/** The ledger by way of libindy_vdr, the client library of Hyperledger Indy, called through the foreign function interface. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.vdr;
