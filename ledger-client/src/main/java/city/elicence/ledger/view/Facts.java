package city.elicence.ledger.view;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.NullifierRecord;
import city.elicence.ledger.indy.Attribute;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What was learnt so far. The few things that change are copied from one view to the next; log heads and nullifiers, of which
 * there are many and which are only ever added, are shared between views.
 */
final class Facts implements LedgerView {

    private record ListKey(Did issuer, URI list) {}

    private final Map<Did, List<Accreditation>> accreditations;
    private final Map<String, TypeRecord> types;
    private final Map<ListKey, StatusHead> statusHeads;
    private final Map<Did, List<URI>> lists;
    private final Set<String> parties;
    private final Set<String> typeIds;
    private final ConcurrentMap<Did, ConcurrentSkipListMap<Long, LogHead>> logHeads;
    private final Set<String> nullifiers;
    private final long seqNo;
    private final Instant asOf;

    private Facts(Facts before, long seqNo, Instant asOf) {
        this.accreditations = new LinkedHashMap<>(before.accreditations);
        this.types = new HashMap<>(before.types);
        this.statusHeads = new HashMap<>(before.statusHeads);
        this.lists = new HashMap<>(before.lists);
        this.parties = new LinkedHashSet<>(before.parties);
        this.typeIds = new LinkedHashSet<>(before.typeIds);
        this.logHeads = before.logHeads;
        this.nullifiers = before.nullifiers;
        this.seqNo = seqNo;
        this.asOf = asOf;
    }

    private Facts() {
        accreditations = Map.of();
        types = Map.of();
        statusHeads = Map.of();
        lists = Map.of();
        parties = Set.of();
        typeIds = Set.of();
        logHeads = new ConcurrentHashMap<>();
        nullifiers = ConcurrentHashMap.newKeySet();
        seqNo = 0;
        asOf = Instant.EPOCH;
    }

    static Facts none() {
        return new Facts();
    }

    /** These facts and those that transactions up to {@code upTo} told. */
    Facts with(Collection<Fact> more, long upTo, Instant asOf) {
        Facts next = new Facts(this, upTo, asOf);
        more.forEach(next::add);
        return next;
    }

    private void add(Fact fact) {
        switch (fact) {
            case Fact.Accredited accredited -> {
                Did party = accredited.accreditation().did();
                List<Accreditation> history = new ArrayList<>(accreditations.getOrDefault(party, List.of()));
                history.add(accredited.accreditation());
                accreditations.put(party, List.copyOf(history));
            }
            case Fact.TypePublished published -> types.put(published.type().vct(), published.type());
            case Fact.HeadAnchored anchored ->
                logHeads.computeIfAbsent(anchored.head().did(), issuer -> new ConcurrentSkipListMap<>())
                        // The first root for a size stays: a second one for the same size is a fork, not an update.
                        .putIfAbsent(anchored.head().size(), anchored.head());
            case Fact.StatusAnchored anchored ->
                // An older version is a list rolled back: the newest that was ever anchored counts.
                statusHeads.merge(
                        new ListKey(anchored.head().did(), anchored.head().list()),
                        anchored.head(),
                        (known, next) -> next.version() > known.version() ? next : known);
            case Fact.Used used -> nullifiers.add(used.id());
            case Fact.PartyPublished published -> parties.add(published.id());
            case Fact.TypeNamed named -> typeIds.add(named.id());
            case Fact.ListsNamed named -> lists.put(named.issuer(), named.lists());
        }
    }

    /** The same facts, seen to be still all there is. */
    Facts at(Instant seen) {
        return new Facts(this, seqNo, seen);
    }

    /** Names of the attributes that a DID may have. */
    List<String> attributeNames(Did did, boolean isAuthority) {
        List<String> names = new ArrayList<>();
        if (isAuthority) {
            parties.forEach(party -> names.add(Attribute.accreditationName(Did.of(did.namespace(), party))));
            typeIds.forEach(id -> names.add(Attribute.typeName(id)));
        } else {
            names.add(Attribute.LOG);
            lists.getOrDefault(did, List.of()).forEach(list -> names.add(Attribute.statusName(list)));
            names.add(Attribute.STATUS_LISTS);
        }
        return names;
    }

    @Override
    public List<URI> statusLists(Did issuer) {
        return lists.getOrDefault(issuer, List.of());
    }

    @Override
    public Optional<Accreditation> accreditation(Did party) {
        List<Accreditation> history = history(party);
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    @Override
    public Optional<Accreditation> byAnchor(String certificateSha256) {
        return accreditations().stream()
                .filter(party -> party.anchors().stream()
                        .anyMatch(anchor -> anchor.sha256().equals(certificateSha256)))
                .findFirst();
    }

    @Override
    public Collection<Accreditation> accreditations() {
        return accreditations.values().stream().map(List::getLast).toList();
    }

    @Override
    public List<Accreditation> history(Did party) {
        return accreditations.getOrDefault(party, List.of());
    }

    @Override
    public Optional<TypeRecord> type(String vct) {
        return Optional.ofNullable(types.get(vct));
    }

    @Override
    public Collection<TypeRecord> types() {
        return Collections.unmodifiableCollection(types.values());
    }

    @Override
    public Optional<LogHead> logHead(Did issuer, long size) {
        ConcurrentSkipListMap<Long, LogHead> heads = logHeads.get(issuer);
        return heads == null ? Optional.empty() : Optional.ofNullable(heads.get(size));
    }

    @Override
    public Optional<LogHead> newestLogHead(Did issuer) {
        ConcurrentSkipListMap<Long, LogHead> heads = logHeads.get(issuer);
        return heads == null ? Optional.empty() : Optional.of(heads.lastEntry().getValue());
    }

    @Override
    public Optional<StatusHead> statusHead(Did issuer, URI list) {
        return Optional.ofNullable(statusHeads.get(new ListKey(issuer, list)));
    }

    @Override
    public boolean isTaken(Nullifier nullifier) {
        return nullifiers.contains(NullifierRecord.idOf(nullifier));
    }

    @Override
    public long seqNo() {
        return seqNo;
    }

    @Override
    public Instant asOf() {
        return asOf;
    }
}
