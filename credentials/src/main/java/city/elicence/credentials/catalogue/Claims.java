package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The claims of one type by path, while its file is read: whatever names a claim names one that is there. */
final class Claims {
    private final Map<ClaimPath, Claim> byPath = new LinkedHashMap<>();

    Claims(List<Claim> topLevel) {
        topLevel.forEach(this::add);
    }

    private void add(Claim claim) {
        byPath.put(claim.path(), claim);
        claim.members().forEach(this::add);
        if (claim.type() == ValueType.ARRAY && claim.members().isEmpty()) {
            // The texts of an array can be named too: classes[*].
            byPath.put(claim.path().then(null), claim);
        }
    }

    /** The path written in the entry, of a claim of one of the value types (any, where none are given). */
    ClaimPath path(Entry entry, ValueType... types) throws CatalogueException {
        return claim(entry, types).path();
    }

    Claim claim(Entry entry, ValueType... types) throws CatalogueException {
        Claim claim = byPath.get(entry.claimPath());
        if (claim == null) {
            throw entry.expected("a claim of this type");
        }
        if (types.length > 0 && !Arrays.asList(types).contains(claim.type())) {
            throw entry.expected("a claim of type " + Arrays.toString(types).toLowerCase(Locale.ROOT));
        }
        return claim;
    }

    List<ClaimPath> paths(List<Entry> entries, ValueType... types) throws CatalogueException {
        List<ClaimPath> paths = new ArrayList<>();
        for (Entry entry : entries) {
            paths.add(path(entry, types));
        }
        return Collections.unmodifiableList(paths);
    }

    Optional<Claim> find(ClaimPath path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
