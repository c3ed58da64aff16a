import com.android.apksig.ApkSigner;
import com.android.apksig.KeyConfig;
import com.android.tools.r8.ClassFileResourceProvider;
import com.android.tools.r8.CompilationFailedException;
import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes the APK: classes shrunk by R8, what is left dexed by D8, one archive with the linked resources, aligned and signed (v2 and v3). */
final class Apk {
    private static final int MIN_API = 26;
    /** 2026-01-01, the same in each build: the unsigned archive is made again byte for byte. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** Libraries bring rules for parts that this app does not have; nobody need read of each. */
    private static final DiagnosticsHandler QUIET = new DiagnosticsHandler() {
        @Override
        public void info(Diagnostic info) {}
    };

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
        Path dex = apk.target.resolve("dex-" + apk.digest(classes) + ".zip");
        if (!Files.exists(dex)) {
            Path fresh = apk.target.resolve("dex.zip");
            apk.shrink(classes);
            apk.dex(fresh);
            Files.move(fresh, dex, StandardCopyOption.ATOMIC_MOVE);
        }
        Path unsigned = apk.target.resolve("unsigned.apk");
        apk.assemble(classes, dex, unsigned);
        sign(unsigned, apk.target.resolve("elicence.apk"), SigningKeys.of(Path.of(args[2]), System.getProperty("apk.key", "")));
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

    /** Shrinking is most of the build's time, and jars are made again byte for byte: the same jars are shrunk once. */
    private String digest(List<Path> files) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        List<Path> all = new ArrayList<>(files);
        all.addAll(rules());
        for (Path file : all) {
            sha256.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }

    private List<Path> rules() {
        return List.of(module.resolve("src/build/shrink.pro"), target.resolve("manifest-keep.pro"));
    }

    /** To class files: the tests load these very files, and they are what is dexed. */
    private void shrink(List<Path> classes) throws IOException, CompilationFailedException {
        Path shrunk = target.resolve("shrunk");
        if (Files.exists(shrunk)) {
            try (Stream<Path> old = Files.walk(shrunk)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(shrunk);
        R8.run(R8Command.builder(QUIET)
                .addProgramFiles(classes)
                .addLibraryFiles(framework)
                .addLibraryResourceProvider(javaLibrary())
                .addProguardConfigurationFiles(rules())
                .setMode(CompilationMode.RELEASE)
                .setOutput(shrunk, OutputMode.ClassFile)
                .build());
    }

    private void dex(Path dex) throws IOException, CompilationFailedException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(target.resolve("shrunk"))) {
            classes = files.filter(file -> file.toString().endsWith(".class") && !file.toString().contains("META-INF"))
                    .sorted()
                    .toList();
        }
        D8.run(D8Command.builder(QUIET)
                .addProgramFiles(classes)
                .addLibraryFiles(framework)
                .addLibraryResourceProvider(javaLibrary())
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

    private static void sign(Path unsigned, Path signed, SigningKeys keys) throws Exception {
        ApkSigner.SignerConfig signer = new ApkSigner.SignerConfig.Builder(
                        "ELICENCE", new KeyConfig.Jca(keys.key()), List.of(keys.certificate()))
                .build();
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

    /**
     * Who signs. A release key comes from {@code -Dapk.key=FILE} (PKCS #12, one entry) and the environment's {@code
     * APK_KEY_PASSWORD}; without it there is a development key, made once and kept outside the build folder.
     */
    private record SigningKeys(PrivateKey key, X509Certificate certificate) {
        /** No secret: that key proves nothing to anyone, it only lets one build update another on a developer's phone. */
        private static final String DEVELOPMENT = "development";

        static SigningKeys of(Path developmentFolder, String release) throws Exception {
            if (release.isEmpty()) {
                Path file = developmentFolder.resolve("android-development.p12");
                if (!Files.exists(file)) {
                    make(developmentFolder, file);
                }
                return read(file, DEVELOPMENT);
            }
            String password = System.getenv("APK_KEY_PASSWORD");
            if (password == null) {
                throw new IOException("apk.key names " + release + ": its password is expected in APK_KEY_PASSWORD");
            }
            return read(Path.of(release), password);
        }

        private static SigningKeys read(Path file, String password) throws Exception {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, password.toCharArray());
            }
            List<String> aliases = Collections.list(keys.aliases());
            if (aliases.size() != 1) {
                throw new IOException(file + ": expected one entry, found " + aliases.size());
            }
            return new SigningKeys(
                    (PrivateKey) keys.getKey(aliases.get(0), password.toCharArray()),
                    (X509Certificate) keys.getCertificate(aliases.get(0)));
        }

        private static void make(Path folder, Path file) throws IOException, InterruptedException {
            Files.createDirectories(folder);
            Path fresh = Files.createTempDirectory(folder, "key").resolve("fresh.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                            "-genkeypair",
                            "-keystore", fresh.toString(),
                            "-storetype", "PKCS12",
                            "-storepass", DEVELOPMENT,
                            "-alias", DEVELOPMENT,
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
}
