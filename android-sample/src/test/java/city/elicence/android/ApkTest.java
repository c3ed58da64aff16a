package city.elicence.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.android.apksig.ApkVerifier;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What would be installed: read from the finished APK, not from the build that made it. */
class ApkTest {
    private static final File APK = new File(System.getProperty("apk"));

    /** Of what the APK may bring: ours, and the libraries of the wallet SDK. */
    private static final List<String> SHIPPED = List.of(
            "city.elicence.",
            "com.fasterxml.jackson.core.",
            "com.nimbusds.",
            "com.google.zxing.",
            "org.jspecify.",
            "com.caverock.androidsvg.");

    @Test
    @DisplayName("APK Signature Scheme v2 and v3: both signatures are good, by one signer")
    void signatures() throws Exception {
        ApkVerifier.Result result = new ApkVerifier.Builder(APK)
                .setMinCheckedPlatformVersion(26)
                .build()
                .verify();
        assertEquals(List.of(), result.getAllErrors());
        assertTrue(result.isVerified());
        assertTrue(result.isVerifiedUsingV2Scheme(), "v2");
        assertTrue(result.isVerifiedUsingV3Scheme(), "v3");
        assertEquals(1, result.getSignerCertificates().size());
    }

    @Test
    @DisplayName("The manifest names the package, Android 8.0 and the links that the app opens")
    void manifest() throws Exception {
        String badging = aapt2("badging");
        assertTrue(badging.contains("package: name='city.elicence.android'"), badging);
        assertTrue(badging.contains("inSdkVersion:'26'"), badging);
        assertTrue(badging.contains("launchable-activity: name='city.elicence.android.cards.CardsActivity'"), badging);
        String tree = aapt2("xmltree", "--file", "AndroidManifest.xml");
        for (String scheme : List.of("openid-credential-offer", "haip-vci", "openid4vp", "haip-vp")) {
            assertTrue(tree.contains("=\"" + scheme + "\""), scheme);
        }
        assertTrue(tree.contains("=\"android.permission.BIND_NFC_SERVICE\""), "only the system may call the tag");
        assertTrue(aapt2("xmltree", "--file", "res/xml/tag.xml").contains("=\"D2760000850101\""));
    }

    @Test
    @DisplayName("The APK holds the app and the SDK's libraries, and nothing of the framework or of the tools")
    void classes() throws Exception {
        Set<String> classes = DexClasses.of(APK.toPath());
        assertTrue(classes.contains("city.elicence.android.cards.CardsActivity"));
        assertTrue(classes.contains("city.elicence.wallet.Wallet"));
        Set<String> strangers = new TreeSet<>();
        for (String name : classes) {
            if (SHIPPED.stream().noneMatch(name::startsWith)) {
                strangers.add(name);
            }
        }
        // D8 writes the record type's stand-in and the annotations that it desugars away under names of its own.
        strangers.removeIf(name -> name.startsWith("com.android.tools.r8."));
        assertEquals(Set.of(), strangers);
    }

    @Test
    @DisplayName("What the libraries read at run time is in it, and every entry that Android maps is uncompressed")
    void resources() throws Exception {
        try (ZipFile zip = new ZipFile(APK)) {
            assertNotNull(zip.getEntry("classes.dex"));
            assertNotNull(zip.getEntry("catalogue/index.json"));
            assertEquals(
                    java.util.zip.ZipEntry.STORED,
                    zip.getEntry("resources.arsc").getMethod());
        }
    }

    @Test
    @DisplayName("What was dexed are the very classes that the tests load, all of them")
    void shrunk() throws Exception {
        Path folder = Path.of(System.getProperty("shrunk"));
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '.'))
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .forEach(expected::add);
        }
        Set<String> dexed = DexClasses.of(APK.toPath());
        expected.removeAll(dexed);
        assertEquals(Set.of(), expected);
    }

    private static String aapt2(String act, String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(System.getProperty("aapt2"), "dump", act));
        command.addAll(List.of(options));
        command.add(Path.of(APK.getPath()).toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
