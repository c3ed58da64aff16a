import com.android.apksig.ApkSigner;
import com.android.apksig.KeyConfig;
import com.android.tools.r8.ClassFileResourceProvider;
import com.android.tools.r8.CompilationFailedException;
import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.JdkClassFileProvider;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes the APK: classes to dex, one archive with the linked resources, aligned and signed (v2 and v3). */
final class Apk {
    private static final int MIN_API = 26;
    /** 2026-01-01, the same in each build: the unsigned archive is made again byte for byte. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final String ALIAS = "development";
    /** No secret: the key proves nothing to anyone, it only lets one build update another on a developer's phone. */
    private static final String PASSWORD = "development";

    private final Path module;
    private final Path target;
    private final Path framework;

    private Apk(Path module, Path framework) {
        this.module = module;
        this.target = module.resolve("target");
        this.framework = framework;
    }

    public static void main(String[] args) throws Exception {
        Apk apk = new Apk(Path.of(args[0]), Path.of(args[1]));
        List<Path> classes = apk.shipped();
        Path dex = apk.target.resolve(args[3] + "-" + digest(classes) + ".zip");
        if (!Files.exists(dex)) {
            Path fresh = apk.target.resolve("dex.zip");
            if (args[3].equals("R8")) {
                apk.shrink(classes, fresh);
            } else {
                apk.dex(classes, fresh);
            }
            Files.move(fresh, dex, StandardCopyOption.ATOMIC_MOVE);
        }
        Path unsigned = apk.target.resolve("unsigned.apk");
        apk.assemble(classes, dex, unsigned);
        sign(unsigned, apk.target.resolve("elicence.apk"), developmentKey(Path.of(args[2])));
    }

    /** The app's own classes, then the libraries that it ships, in one order everywhere. */
    private List<Path> shipped() throws IOException {
        try (Stream<Path> own = Files.list(target);
                Stream<Path> libraries = Files.list(target.resolve("shipped"))) {
            return Stream.concat(own, libraries.sorted())
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList();
        }
    }

    /** Dexing is most of the build's time, and jars are made again byte for byte: the same jars are dexed once. */
    private static String digest(List<Path> files) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (Path file : files) {
            sha256.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }

    private void dex(List<Path> classes, Path dex) throws IOException, CompilationFailedException {
        D8.run(D8Command.builder()
                .addProgramFiles(classes)
                .addLibraryFiles(framework)
                .addLibraryResourceProvider(javaLibrary())
                .setMinApiLevel(MIN_API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(dex, OutputMode.DexIndexed)
                .build());
    }

    private void shrink(List<Path> classes, Path dex) throws IOException, CompilationFailedException {
        R8.run(R8Command.builder()
                .addProgramFiles(classes)
                .addLibraryFiles(framework)
                .addLibraryResourceProvider(javaLibrary())
                .addProguardConfigurationFiles(
                        module.resolve("src/build/shrink.pro"), target.resolve("manifest-keep.pro"))
                .setMinApiLevel(MIN_API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(dex, OutputMode.DexIndexed)
                .build());
    }

    /** The framework's jar has no java.*; the JDK stands in, so a call of a newer Java than the phone has is not noticed. */
    private static ClassFileResourceProvider javaLibrary() throws IOException {
        return JdkClassFileProvider.fromJdkHome(Path.of(System.getProperty("java.home")));
    }

    private void assemble(List<Path> classes, Path dex, Path unsigned) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unsigned))) {
            copy(target.resolve("resources.apk"), out, name -> true);
            copy(dex, out, name -> name.endsWith(".dex"));
            for (Path jar : classes) {
                copy(jar, out, name -> !name.endsWith(".class") && !name.startsWith("META-INF/"));
            }
        }
    }

    private interface Choice {
        boolean takes(String name);
    }

    private static void copy(Path from, ZipOutputStream to, Choice choice) throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory() && choice.takes(entry.getName())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(to, entry.getName(), in.readAllBytes(), entry.getMethod() == ZipEntry.STORED);
                    }
                }
            }
        }
    }

    private static void add(ZipOutputStream to, String name, byte[] bytes, boolean stored) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        to.putNextEntry(entry);
        to.write(bytes);
        to.closeEntry();
    }

    private static void sign(Path unsigned, Path signed, KeyStore keys) throws Exception {
        PrivateKey key = (PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
        ApkSigner.SignerConfig signer =
                new ApkSigner.SignerConfig.Builder("ELICENCE", new KeyConfig.Jca(key), List.of(certificate)).build();
        new ApkSigner.Builder(List.of(signer))
                .setInputApk(unsigned.toFile())
                .setOutputApk(signed.toFile())
                .setMinSdkVersion(MIN_API)
                .setV1SigningEnabled(false)
                .setV2SigningEnabled(true)
                .setV3SigningEnabled(true)
                .build()
                .sign();
    }

    private static KeyStore developmentKey(Path folder) throws Exception {
        Path file = folder.resolve("android-development.p12");
        if (!Files.exists(file)) {
            make(folder, file);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void make(Path folder, Path file) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempDirectory(folder, "key").resolve("fresh.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keystore", fresh.toString(),
                        "-storetype", "PKCS12",
                        "-storepass", PASSWORD,
                        "-alias", ALIAS,
                        "-keyalg", "EC",
                        "-groupname", "secp256r1",
                        "-validity", "10950",
                        "-dname", "CN=e-licence development")
                .redirectErrorStream(true)
                .start();
        try (OutputStream nothing = keytool.getOutputStream()) {
            nothing.flush();
        }
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(fresh.getParent());
    }
}
