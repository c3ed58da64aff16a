package city.elicence.node.books;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.keys.Hashes;
import city.elicence.node.ledger.Resume;
import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the log has been turned into state that is on disk. Losing it costs time, not data. It names the version of the rules that
 * made the state, so that a node with other rules computes it anew.
 */
record Checkpoint(Resume resume, long lastTime, long nodesLength, List<String> roots) {
    /** To be raised whenever the same transactions lead to another state. */
    private static final long RULES = 1;

    private static final String FILE = "checkpoint";

    Checkpoint {
        roots = List.copyOf(roots);
    }

    /** Nothing when there is none, or none that this version can use. */
    static Optional<Checkpoint> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        if (lines.size() != 2 || !Hashes.sha256Hex(lines.getFirst()).equals(lines.get(1))) {
            return Optional.empty();
        }
        try {
            return parsed(Fields.parse(lines.getFirst()));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Checkpoint> parsed(Fields fields) throws JsonException {
        if (fields.longValue("rules") != RULES) {
            return Optional.empty();
        }
        Map<LedgerId, Long> sizes = Map.of(
                LedgerId.POOL, fields.longValue("pool"),
                LedgerId.DOMAIN, fields.longValue("domain"),
                LedgerId.CONFIG, fields.longValue("config"));
        Resume resume = new Resume(
                fields.longValue("logLength"), fields.longValue("chain"), sizes, fields.longValue("digests"));
        return Optional.of(new Checkpoint(
                resume, fields.longValue("lastTime"), fields.longValue("nodesLength"), fields.strings("roots")));
    }

    /** Replaces the last one, at once or not at all. */
    void write(Path folder) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rules", RULES);
        json.put("logLength", resume.logLength());
        json.put("chain", resume.chain());
        json.put("digests", resume.digestsChecksum());
        for (LedgerId ledger : LedgerId.values()) {
            json.put(ledger.name().toLowerCase(java.util.Locale.ROOT), resume.size(ledger));
        }
        json.put("lastTime", lastTime);
        json.put("nodesLength", nodesLength);
        json.put("roots", new ArrayList<>(roots));
        String text = Json.write(json);
        Path fresh = folder.resolve(FILE + ".new");
        Files.write(fresh, List.of(text, Hashes.sha256Hex(text)), StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
