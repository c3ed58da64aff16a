package city.elicence.wallet.store;

import city.elicence.credentials.jose.Hex;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.CredentialStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wallet's records by kind, over whatever store there is. Each change is one record, so each is all or nothing. */
public final class Shelf {
    /** The kind of the records that hold licences. */
    public static final String LICENCE = "licence";

    private static final String HISTORY = "history";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CredentialStore store;
    private final Suites suites;

    /** Of licences that are signed by ES256. */
    public Shelf(CredentialStore store) {
        this(store, Suites.ES256_ALONE);
    }

    /** Of licences that are signed by any of these suites. */
    public Shelf(CredentialStore store, Suites suites) {
        this.store = store;
        this.suites = suites;
    }

    /** Oldest first. */
    public List<HeldLicence> licences() throws RefusedException {
        List<HeldLicence> licences = new ArrayList<>();
        for (String name : names(LICENCE)) {
            Map<String, Object> json = read(name);
            if (json != null) {
                licences.add(parsed(json, from -> HeldLicence.fromJson(from, suites)));
            }
        }
        licences.sort(Comparator.comparing(HeldLicence::receivedAt).thenComparing(HeldLicence::id));
        return licences;
    }

    public @Nullable HeldLicence licence(String id) throws RefusedException {
        Map<String, Object> json = read(LICENCE + '-' + safe(id));
        return json == null ? null : parsed(json, from -> HeldLicence.fromJson(from, suites));
    }

    /** The licence that there must be. */
    public HeldLicence held(String id) throws RefusedException {
        HeldLicence licence = licence(id);
        if (licence == null) {
            throw new RefusedException(Reason.NOT_FOUND, "no such card");
        }
        return licence;
    }

    public void put(HeldLicence licence) throws RefusedException {
        write(LICENCE + '-' + licence.id(), licence.toJson());
    }

    public void deleteLicence(String id) throws RefusedException {
        delete(LICENCE + '-' + safe(id));
    }

    /** Newest first. */
    public List<HistoryEntry> history() throws RefusedException {
        List<HistoryEntry> entries = new ArrayList<>();
        for (String name : names(HISTORY)) {
            Map<String, Object> json = read(name);
            if (json != null) {
                entries.add(parsed(json, HistoryEntry::fromJson));
            }
        }
        entries.sort(Comparator.comparing(HistoryEntry::at)
                .thenComparing(HistoryEntry::id)
                .reversed());
        return entries;
    }

    public void put(HistoryEntry entry) throws RefusedException {
        write(HISTORY + '-' + entry.id(), entry.toJson());
    }

    public void deleteAll() throws RefusedException {
        try {
            for (String name : store.names()) {
                store.delete(name);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A record of the wallet's own that is neither licence nor history. */
    public @Nullable Map<String, Object> read(String name) throws RefusedException {
        try {
            String content = store.get(name);
            return content == null ? null : Json.parseObject(content);
        } catch (IOException | JsonException e) {
            throw unusable(e);
        }
    }

    public void write(String name, Map<String, Object> json) throws RefusedException {
        try {
            store.put(name, Json.write(json));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    public void delete(String name) throws RefusedException {
        try {
            store.delete(name);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The names of the records of one kind, in their order. */
    public List<String> names(String kind) throws RefusedException {
        try {
            List<String> names = new ArrayList<>(store.names(kind));
            Collections.sort(names);
            return Collections.unmodifiableList(names);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** How a record becomes what it is. */
    public interface Reader<T> {
        T read(Map<String, Object> json) throws JsonException;
    }

    public static <T> T parsed(Map<String, Object> json, Reader<T> reader) throws RefusedException {
        try {
            return reader.read(json);
        } catch (JsonException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    /** Nobody can guess it, and it can be part of a record's name. */
    public static String newId() {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        return Hex.encode(random);
    }

    /** Ids come from apps; what is no id names no record. */
    public static String safe(String id) throws RefusedException {
        if (!id.matches("[a-z0-9-]{1,60}")) {
            throw new RefusedException(Reason.NOT_FOUND, "not an id of this wallet");
        }
        return id;
    }

    private static RefusedException unusable(Exception cause) {
        return new RefusedException(Reason.STORE, cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
}
