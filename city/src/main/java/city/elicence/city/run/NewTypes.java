package city.elicence.city.run;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority's part in adding a type of licence while the city runs: when a file appears in the catalogue folder, its digest
 * and the offices that may issue it go to the ledger. The issuer service reads the same folder by itself.
 */
final class NewTypes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NewTypes.class);
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final Path folder;
    private final Publisher publisher;
    private final Thread watcher;
    private Map<String, String> published = Map.of();

    /** Puts a catalogue on the ledger. */
    @FunctionalInterface
    interface Publisher {
        void publish(Catalogue catalogue) throws LedgerException;
    }

    NewTypes(Path folder, Publisher publisher) {
        this.folder = folder;
        this.publisher = publisher;
        this.watcher = Thread.ofVirtual().name("new-types").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Map<String, String> files = read();
            if (!files.equals(published)) {
                publisher.publish(Catalogue.builtIn().withAll(files));
                published = files;
                LOG.info("{} further types of licence are on the ledger", files.size());
            }
        } catch (CatalogueException e) {
            LOG.warn("a type of licence cannot be read: {}", e.getMessage());
        } catch (IOException | LedgerException e) {
            LOG.warn("further types of licence wait: {}", e.toString());
        }
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".json")).toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return files;
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
