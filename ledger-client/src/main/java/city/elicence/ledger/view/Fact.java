package city.elicence.ledger.view;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;

/** One thing that the ledger told, written by whom it must be. */
sealed interface Fact {

    /** The authority said what a party may do. */
    record Accredited(Accreditation accreditation) implements Fact {}

    /** The authority published a version of a type. */
    record TypePublished(TypeRecord type) implements Fact {}

    /** An issuer anchored its log. */
    record HeadAnchored(LogHead head) implements Fact {}

    /** An issuer anchored a status list. */
    record StatusAnchored(StatusHead head) implements Fact {}

    /** Somebody took a nullifier. */
    record Used(String nullifierId) implements Fact {}
}
