package city.elicence.city.phone;

import city.elicence.web.HttpRefusal;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The demo phone's lock: who does not have the key from the city's folder, or the link that holds it, sees no card. */
final class PhoneKey {
    private static final String HEADER = "X-Phone-Key";
    private static final int BYTES = 24;

    private final String key;

    private PhoneKey(String key) {
        this.key = key;
    }

    /** The key in that file, made at first use. */
    static PhoneKey at(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return new PhoneKey(Files.readString(file).trim());
    }

    String text() {
        return key;
    }

    /** Lets a request pass that carries the key in a header, which no other site's page can send. */
    void require(RoutingContext ctx) {
        String given = ctx.request().getHeader(HEADER);
        if (given == null
                || !MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8))) {
            throw new HttpRefusal(401, "invalid_token", "open the phone by its own link");
        }
        ctx.next();
    }
}
