package city.elicence.issuer.tenant;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.catalogue.file.CatalogueException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of licence now known: those built in, and those in a folder, which is looked at again at most once a second. A
 * file that does not read as a type is reported and left out; the types that were there before stay.
 */
public final class TypeShelf {
    private static final Logger LOG = LoggerFactory.getLogger(TypeShelf.class);
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_FILES = 1_000;
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final Catalogue builtIn = Catalogue.builtIn();
    private final @Nullable Path folder;
    private volatile Shelf shelf = new Shelf(builtIn, Map.of());
    private volatile long looked = System.nanoTime() - LOOK_AGAIN_NANOS;

    private record Shelf(Catalogue catalogue, Map<Path, Long> stamps) {}

    public TypeShelf(@Nullable Path folder) {
        this.folder = folder;
    }

    public Catalogue catalogue() {
        if (folder != null && System.nanoTime() - looked >= LOOK_AGAIN_NANOS) {
            look(folder);
        }
        return shelf.catalogue();
    }

    public Optional<CredentialType> type(String id) {
        return catalogue().type(id);
    }

    /** The types that an authority with these roles may issue, in the catalogue's order. */
    public List<CredentialType> issuedBy(List<String> roles) {
        return catalogue().types().stream()
                .filter(type -> type.issuers().stream().anyMatch(roles::contains))
                .toList();
    }

    /** What an authority offers: each type that it may issue, in each format that it has a signer for. */
    public List<Configuration> configurations(Tenant tenant) {
        List<Configuration> configurations = new ArrayList<>();
        for (CredentialType type : issuedBy(tenant.roles())) {
            for (Format format : type.formats()) {
                if (format != Format.MDOC || tenant.documentSigner() != null) {
                    configurations.add(new Configuration(type, format));
                }
            }
        }
        return configurations;
    }

    private synchronized void look(Path where) {
        looked = System.nanoTime();
        try {
            Map<Path, Long> stamps = stamps(where);
            if (!stamps.equals(shelf.stamps())) {
                shelf = new Shelf(read(stamps), stamps);
                LOG.info("read {} further licence types from {}", stamps.size(), where);
            }
        } catch (IOException | CatalogueException unreadable) {
            LOG.warn("the folder of licence types was not taken: {}", unreadable.getMessage());
        }
    }

    private static Map<Path, Long> stamps(Path where) throws IOException {
        Map<Path, Long> stamps = new TreeMap<>();
        if (!Files.isDirectory(where)) {
            return stamps;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(where, "*.json")) {
            for (Path file : files) {
                if (stamps.size() == MAX_FILES || Files.size(file) > MAX_FILE_BYTES) {
                    throw new IOException(
                            "more than " + MAX_FILES + " files, or one above " + MAX_FILE_BYTES + " bytes");
                }
                stamps.put(file, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return stamps;
    }

    private Catalogue read(Map<Path, Long> stamps) throws IOException, CatalogueException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : stamps.keySet()) {
            texts.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
        return builtIn.withAll(texts);
    }
}
