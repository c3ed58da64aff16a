package city.elicence.wallet.port;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small named records that survive the process. Names are {@code [a-z0-9-]}, at most 80 characters; what stands before the first
 * hyphen is the record's kind.
 */
public interface CredentialStore {
    /** Replaces the whole record or leaves the old one; durable when it returns. */
    void put(String name, String content) throws IOException;

    @Nullable
    String get(String name) throws IOException;

    /** The names of all records. */
    List<String> names() throws IOException;

    /** The names of the records of one kind: {@code kind-…}. */
    List<String> names(String kind) throws IOException;

    /** Removes the record; nothing happens where there is none. */
    void delete(String name) throws IOException;
}
