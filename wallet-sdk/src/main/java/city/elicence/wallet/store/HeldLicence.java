package city.elicence.wallet.store;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A licence as the wallet keeps it: verified, in one or more copies.
 *
 * @param vct its type: the {@code vct}, or the document type of an mdoc
 * @param receiptEndpoint where receipts are had, null at issuers that anchor nothing
 * @param status what the issuer last said of it, null when it was never asked
 */
public record HeldLicence(
        String id,
        String configurationId,
        String vct,
        Words name,
        Party issuer,
        CardLook look,
        Map<ClaimPath, Words> labels,
        List<Copy> copies,
        @Nullable String receiptEndpoint,
        @Nullable KnownStatus status,
        Instant receivedAt) {
    public HeldLicence {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        copies = List.copyOf(copies);
        if (copies.isEmpty()) {
            throw new IllegalArgumentException("a licence has at least one copy");
        }
    }

    /** What the issuer said of a licence, and when. */
    public record KnownStatus(CardState state, Instant asOf) {}

    /** The copy to show next: one that nobody has seen, or, when all were seen, the one seen longest ago. */
    public Copy nextCopy() {
        Copy best = copies.get(0);
        for (Copy copy : copies) {
            Instant seen = copy.shownAt();
            if (seen == null) {
                return copy;
            }
            Instant bestSeen = best.shownAt();
            if (bestSeen != null && seen.isBefore(bestSeen)) {
                best = copy;
            }
        }
        return best;
    }

    /** In which it was issued: the same for all copies. */
    public Format format() {
        return copies.get(0).format();
    }

    public boolean anchored() {
        for (Copy copy : copies) {
            if (copy.receipt() == null) {
                return false;
            }
        }
        return true;
    }

    /** The same licence with one of its copies changed. */
    public HeldLicence changing(Copy which, UnaryOperator<Copy> change) {
        List<Copy> changed = new ArrayList<>();
        for (Copy copy : copies) {
            changed.add(
                    copy.keyAlias().equals(which.keyAlias())
                                    && copy.credential().equals(which.credential())
                            ? change.apply(copy)
                            : copy);
        }
        return new HeldLicence(
                id, configurationId, vct, name, issuer, look, labels, changed, receiptEndpoint, status, receivedAt);
    }

    public HeldLicence with(KnownStatus known) {
        return new HeldLicence(
                id, configurationId, vct, name, issuer, look, labels, copies, receiptEndpoint, known, receivedAt);
    }

    public HeldLicence with(CardLook changed) {
        return new HeldLicence(
                id, configurationId, vct, name, issuer, changed, labels, copies, receiptEndpoint, status, receivedAt);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("configuration", configurationId);
        json.put("vct", vct);
        json.put("name", name.toJson());
        json.put("issuer", issuer.toJson());
        json.put("look", look.toJson());
        List<Object> labelled = new ArrayList<>();
        for (Map.Entry<ClaimPath, Words> label : labels.entrySet()) {
            Map<String, Object> entry = label.getValue().toJson();
            entry.put("path", label.getKey().toJson());
            labelled.add(entry);
        }
        json.put("labels", labelled);
        List<Object> all = new ArrayList<>();
        for (Copy copy : copies) {
            all.add(copy.toJson());
        }
        json.put("copies", all);
        if (receiptEndpoint != null) {
            json.put("receipt_endpoint", receiptEndpoint);
        }
        if (status != null) {
            json.put("state", status.state().name());
            json.put("state_as_of", status.asOf().toString());
        }
        json.put("received", receivedAt.toString());
        return json;
    }

    static HeldLicence fromJson(Map<String, Object> json, Suites suites) throws JsonException {
        Fields fields = Fields.of(json);
        Map<ClaimPath, Words> labels = new LinkedHashMap<>();
        for (Map<String, Object> label : fields.objects("labels")) {
            labels.put(ClaimPath.fromJson(label.get("path")), Words.fromJson(label));
        }
        List<Copy> copies = new ArrayList<>();
        for (Map<String, Object> copy : fields.objects("copies")) {
            copies.add(Copy.fromJson(copy, suites));
        }
        return new HeldLicence(
                fields.string("id"),
                fields.string("configuration"),
                fields.string("vct"),
                Words.fromJson(fields.object("name")),
                Party.fromJson(fields.object("issuer")),
                CardLook.fromJson(fields.object("look")),
                labels,
                copies,
                fields.optString("receipt_endpoint").orElse(null),
                fields.has("state")
                        ? new KnownStatus(CardState.valueOf(fields.string("state")), fields.time("state_as_of"))
                        : null,
                fields.time("received"));
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "HeldLicence[" + id + "]";
    }
}
