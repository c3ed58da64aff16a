package city.elicence.node.read;

import city.elicence.credentials.json.Fields;
import city.elicence.node.books.Committed;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads of claim definitions and of revocation registries, now or at an earlier time. */
final class RevocationReads {
    private final Proofs proofs;

    RevocationReads(Proofs proofs) {
        this.proofs = proofs;
    }

    /** GET_CLAIM_DEF. */
    Map<String, Object> claimDef(Request request, Committed world) throws Refusal, IOException {
        String signatureType = request.text("signature_type").orElse("CL");
        String tag = request.text("tag").orElse("tag");
        byte[] key = StateKeys.claimDef(
                request.requiredText("origin"), signatureType, Long.toString(request.requiredNumber("ref")), tag);
        Map<String, Object> result = current(world, key);
        result.put("signature_type", signatureType);
        return result;
    }

    /** GET_REVOC_REG_DEF. */
    Map<String, Object> definition(Request request, Committed world) throws Refusal, IOException {
        return current(world, StateKeys.byId(request.requiredText("id")));
    }

    private Map<String, Object> current(Committed world, byte[] key) throws IOException {
        Map<String, Object> value =
                world.state().object(LedgerId.DOMAIN, key).map(Fields::map).orElse(Map.of());
        return proofs.result(world, LedgerId.DOMAIN, key, value.get("val"), value.get("lsn"), value.get("lut"));
    }

    /** GET_REVOC_REG: the accumulator at a time. */
    Map<String, Object> registry(Request request, Committed world) throws Refusal, IOException {
        byte[] key = StateKeys.accumulator(request.requiredText("revocRegDefId"));
        return versioned(
                world, key, new History(world.state(), LedgerId.DOMAIN).at(key, request.requiredNumber("timestamp")));
    }

    /** Proved when the version is what the state holds now; of earlier states no signature is kept. */
    private Map<String, Object> versioned(Committed world, byte[] key, Optional<History.Version> version)
            throws IOException {
        boolean provable = version.map(History.Version::current)
                .orElse(world.state().get(LedgerId.DOMAIN, key).isEmpty());
        Map<String, Object> value = version.map(History.Version::value).orElse(Map.of());
        return provable
                ? proofs.result(world, LedgerId.DOMAIN, key, value.get("val"), value.get("lsn"), value.get("lut"))
                : Proofs.plain(value.get("val"), value.get("lsn"), value.get("lut"));
    }

    /** GET_REVOC_REG_DELTA: what changed between two times, or up to one. */
    Map<String, Object> delta(Request request, Committed world) throws Refusal, IOException {
        String id = request.requiredText("revocRegDefId");
        long to = request.requiredNumber("to");
        Optional<Long> from = request.number("from");
        if (from.isPresent() && from.get() > to) {
            throw Refusal.invalid("Timestamp FROM more then TO: " + from.get() + " > " + to);
        }
        History history = new History(world.state(), LedgerId.DOMAIN);
        byte[] entryKey = StateKeys.revocationEntry(id);
        byte[] accumulatorKey = StateKeys.accumulator(id);
        Optional<History.Version> entryTo = history.at(entryKey, to);
        Optional<History.Version> entryFrom = from.flatMap(time -> history.at(entryKey, time));
        Optional<History.Version> accumulatorFrom = from.flatMap(time -> history.at(accumulatorKey, time));
        // With a beginning, both accumulators are proved; without one, the whole entry is.
        byte[] key = entryFrom.isPresent() ? accumulatorKey : entryKey;
        Map<String, Object> result = versioned(world, key, history.at(key, to));
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, Object> value = new LinkedHashMap<>();
        if (entryTo.isPresent()) {
            answer.put("revocRegDefId", id);
            answer.put("revocDefType", "CL_ACCUM");
            changes(entryTo.get(), entryFrom, value);
            putNullable(value, "accum_to", result.get("data"));
        } else if (from.isPresent()) {
            putNullable(value, "accum_to", null);
        }
        if (from.isPresent()) {
            putNullable(
                    value,
                    "accum_from",
                    accumulatorFrom.<Object>map(v -> v.value().get("val")).orElse(null));
            stateProofFrom(world, accumulatorKey, accumulatorFrom)
                    .ifPresent(proof -> answer.put("stateProofFrom", proof));
        }
        answer.put("value", value);
        putNullable(result, "data", entryTo.isPresent() || from.isPresent() ? answer : null);
        return result;
    }

    private Optional<Map<String, Object>> stateProofFrom(Committed world, byte[] key, Optional<History.Version> version)
            throws IOException {
        boolean provable = version.map(History.Version::current)
                .orElse(world.state().get(LedgerId.DOMAIN, key).isEmpty());
        return provable ? Optional.of(proofs.stateProof(world, LedgerId.DOMAIN, key)) : Optional.empty();
    }

    /** What was added to the kept list counts for it, what went from it for the other. */
    private static void changes(History.Version to, Optional<History.Version> from, Map<String, Object> value) {
        Set<Long> issued = indices(to, "issued");
        Set<Long> revoked = indices(to, "revoked");
        if (from.isPresent()) {
            Set<Long> issuedBefore = indices(from.get(), "issued");
            Set<Long> revokedBefore = indices(from.get(), "revoked");
            boolean keepsRevoked = !revoked.isEmpty() || !revokedBefore.isEmpty();
            Set<Long> now = keepsRevoked ? revoked : issued;
            Set<Long> before = keepsRevoked ? revokedBefore : issuedBefore;
            value.put(keepsRevoked ? "revoked" : "issued", difference(now, before));
            value.put(keepsRevoked ? "issued" : "revoked", difference(before, now));
        } else {
            value.put("issued", List.copyOf(issued));
            value.put("revoked", List.copyOf(revoked));
        }
    }

    private static List<Long> difference(Set<Long> one, Set<Long> other) {
        Set<Long> left = new TreeSet<>(one);
        left.removeAll(other);
        return List.copyOf(left);
    }

    private static Set<Long> indices(History.Version version, String name) {
        Set<Long> indices = new TreeSet<>();
        if (version.value().get("val") instanceof Map<?, ?> entry
                && entry.get("value") instanceof Map<?, ?> value
                && value.get(name) instanceof List<?> list) {
            list.forEach(index -> indices.add(((Number) index).longValue()));
        }
        return indices;
    }

    @SuppressWarnings("NullAway") // JSON null, as clients of Indy expect it
    private static void putNullable(Map<String, Object> map, String name, @Nullable Object value) {
        map.put(name, value);
    }
}
