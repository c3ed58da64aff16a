package city.elicence.ledger.view;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.util.List;

/** One thing that the ledger told, written by whom it must be. */
public sealed interface Fact {

    /** A DID that may write was published. */
    record PartyPublished(String id) implements Fact {}

    /** A DID without a role was published: somebody took a nullifier. */
    record Used(String id) implements Fact {}

    /** The authority named the claims of a type. */
    record TypeNamed(String id) implements Fact {}

    /** The authority said what a party may do. */
    record Accredited(Accreditation accreditation) implements Fact {}

    /** The authority published a version of a type. */
    record TypePublished(TypeRecord type) implements Fact {}

    /** An issuer anchored its log. */
    record HeadAnchored(LogHead head) implements Fact {}

    /** An issuer said which status lists it has. */
    record ListsNamed(Did issuer, List<URI> lists) implements Fact {
        public ListsNamed {
            lists = List.copyOf(lists);
        }
    }

    /** An issuer anchored a status list. */
    record StatusAnchored(StatusHead head) implements Fact {}
}
