package city.elicence.wallet.store;

import city.elicence.wallet.port.CredentialStore;
import city.elicence.wallet.port.StoreKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * One file for each record, in a folder for each kind, AES-GCM with a fresh nonce at each writing, the record's name bound in. Who
 * can write to the folder can delete records or bring back old ones, and can neither read, alter nor swap them.
 */
public final class EncryptedFileStore implements CredentialStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,80}");
    private static final String SUFFIX = ".sealed";
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final long LARGEST_BYTES = 8L * 1024 * 1024;

    private final Path folder;
    private final StoreKey key;

    public EncryptedFileStore(Path folder, StoreKey key) throws IOException {
        this.folder = folder;
        this.key = key;
        Files.createDirectories(folder);
        moveRecordsOfTheFirstRelease();
    }

    /** It kept them side by side. One that is in its place already is newer than what was left behind, which is never read. */
    private void moveRecordsOfTheFirstRelease() throws IOException {
        List<String> names = namesIn(folder);
        for (String name : names) {
            Path old = folder.resolve(name + SUFFIX);
            Files.createDirectories(folderOf(name));
            if (Files.exists(file(name))) {
                Files.delete(old);
            } else {
                Files.move(old, file(name), StandardCopyOption.ATOMIC_MOVE);
                sync(folderOf(name));
            }
        }
        if (!names.isEmpty()) {
            sync(folder);
        }
    }

    @Override
    public void put(String name, String content) throws IOException {
        Path target = file(name);
        Path fresh = folderOf(name).resolve(name + ".new");
        if (!Files.isDirectory(folderOf(name))) {
            Files.createDirectories(folderOf(name));
            sync(folder);
        }
        byte[] sealed = seal(name, content.getBytes(StandardCharsets.UTF_8));
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(sealed);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folderOf(name));
    }

    @Override
    public @Nullable String get(String name) throws IOException {
        Path file = file(name);
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IOException("a record of more than " + LARGEST_BYTES + " bytes");
            }
            return new String(open(name, Files.readAllBytes(file)), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> kinds = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path kind : kinds) {
                names.addAll(namesIn(kind));
            }
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public List<String> names(String kind) throws IOException {
        Path inside = folderOf(kind);
        return Files.isDirectory(inside) ? namesIn(inside) : List.of();
    }

    /** The records in a folder; what else lies there is not ours. */
    private static List<String> namesIn(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String record = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
                if (NAME.matcher(record).matches() && Files.isRegularFile(file)) {
                    names.add(record);
                }
            }
        }
        return names;
    }

    @Override
    public void delete(String name) throws IOException {
        if (Files.deleteIfExists(file(name))) {
            sync(folderOf(name));
        }
    }

    private Path file(String name) {
        return folderOf(name).resolve(name + SUFFIX);
    }

    private Path folderOf(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a record's name: expected " + NAME.pattern());
        }
        int kind = name.indexOf('-');
        return folder.resolve(kind < 0 ? name : name.substring(0, kind));
    }

    private byte[] seal(String name, byte[] plain) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            // The cipher draws the nonce itself: Android's key store allows nothing else.
            cipher.init(Cipher.ENCRYPT_MODE, key.aes());
            byte[] nonce = cipher.getIV();
            if (nonce == null || nonce.length != NONCE_BYTES) {
                throw new IOException("expected a cipher that draws a nonce of " + NONCE_BYTES + " bytes");
            }
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream sealed = new ByteArrayOutputStream();
            sealed.write(FORMAT);
            sealed.write(nonce);
            sealed.write(cipher.doFinal(plain));
            return sealed.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot encrypt a record", e);
        }
    }

    private byte[] open(String name, byte[] sealed) throws IOException {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw new IOException("a record of an unknown form");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key.aes(), new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_BYTES));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IOException("a record that was altered, swapped or sealed with another key", e);
        }
    }

    /** Makes the rename itself durable; platforms that cannot open a folder do so on their own. */
    private static void sync(Path folder) {
        try (FileChannel self = FileChannel.open(folder, StandardOpenOption.READ)) {
            self.force(true);
        } catch (IOException e) {
            return;
        }
    }
}
