package city.elicence.wallet.town;

import city.elicence.wallet.port.CredentialStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store that outlives wallets that are killed, and that breaks when it is told to. */
public final class MemoryStore implements CredentialStore {
    private final Map<String, String> records = new TreeMap<>();
    private boolean full;

    public void full(boolean isFull) {
        full = isFull;
    }

    @Override
    public void put(String name, String content) throws IOException {
        if (full) {
            throw new IOException("no space left");
        }
        records.put(name, content);
    }

    @Override
    public @Nullable String get(String name) {
        return records.get(name);
    }

    @Override
    public List<String> names() {
        return new ArrayList<>(records.keySet());
    }

    @Override
    public List<String> names(String kind) {
        List<String> names = names();
        names.removeIf(name -> !name.startsWith(kind + "-"));
        return names;
    }

    @Override
    public void delete(String name) {
        records.remove(name);
    }
}
