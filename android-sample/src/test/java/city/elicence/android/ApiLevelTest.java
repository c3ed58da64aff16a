package city.elicence.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.mojo.animal_sniffer.Clazz;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Everything that the code in the APK names, its own or the libraries', is in the APK or in Android 8.0. Read after D8, which
 * replaces what it can of newer Java; what it cannot is a crash on an older phone, and found here.
 */
class ApiLevelTest {
    /** Newer parts of the framework, each called behind a look at {@code SDK_INT}: the class, then what of it. */
    private static final Map<String, Set<String>> BEHIND_A_CHECK = Map.of(
            "android/app/Activity", Set.of("getMainExecutor"),
            "android/bluetooth/BluetoothGattServer", Set.of("notifyCharacteristicChanged"),
            "android/hardware/biometrics/BiometricPrompt", Set.of("authenticate"),
            "android/hardware/biometrics/BiometricPrompt$AuthenticationCallback", Set.of("<init>"),
            "android/hardware/biometrics/BiometricPrompt$Builder",
                    Set.of("<init>", "build", "setAllowedAuthenticators", "setDescription", "setTitle"),
            "android/hardware/biometrics/BiometricPrompt$CryptoObject", Set.of("<init>"),
            "android/security/keystore/KeyGenParameterSpec$Builder",
                    Set.of("setIsStrongBoxBacked", "setUserAuthenticationParameters"),
            "android/widget/TextView", Set.of("setAccessibilityHeading"));

    /** Nimbus names it for XC20P, an algorithm that the wallet agrees to nowhere; it is in no platform and in no APK. */
    private static final String NOT_SHIPPED = "com/google/crypto/tink/subtle/XChaCha20Poly1305";

    private static DexClasses apk;
    private static Map<String, Clazz> android;

    @BeforeAll
    static void read() throws Exception {
        apk = DexClasses.in(Path.of(System.getProperty("apk")));
        try (InputStream file = Files.newInputStream(Path.of(System.getProperty("android8")))) {
            android = SignatureChecker.loadClasses(file);
        }
    }

    @Test
    @DisplayName("No class, method or field newer than Android 8.0 (API 26) is used, but behind a check of the version")
    void nothingNewer() {
        Set<String> newer = new TreeSet<>();
        for (DexClasses.Use use : apk.uses()) {
            if (!use.type().startsWith("[") && !allowed(use) && !has(use.type(), use.member())) {
                newer.add(use.toString());
            }
        }
        assertEquals(Set.of(), newer);
    }

    @Test
    @DisplayName("The check sees what is newer: methods of Java 11 and of Android 9, under the app's own names too")
    void sees() {
        assertTrue(has("java/lang/String", "isEmpty()Z"));
        assertTrue(!has("java/lang/String", "isBlank()Z"));
        assertTrue(has("city/elicence/android/cards/CardsActivity", "getColor(I)I"));
        assertTrue(
                !has("city/elicence/android/cards/CardsActivity", "getMainExecutor()Ljava/util/concurrent/Executor;"));
        assertTrue(!has("java/net/http/HttpClient", "newHttpClient()Ljava/net/http/HttpClient;"));
    }

    @Test
    @DisplayName("Nothing is excused that is no longer used")
    void excuses() {
        Set<String> excused = new TreeSet<>();
        BEHIND_A_CHECK.forEach((type, members) -> members.forEach(member -> excused.add(type + ' ' + member)));
        apk.uses().stream()
                .filter(use -> !has(use.type(), use.member()))
                .forEach(use -> excused.remove(use.type() + ' ' + nameOf(use)));
        assertEquals(Set.of(), excused);
    }

    private static boolean allowed(DexClasses.Use use) {
        return use.type().equals(NOT_SHIPPED)
                || BEHIND_A_CHECK.getOrDefault(use.type(), Set.of()).contains(nameOf(use));
    }

    private static String nameOf(DexClasses.Use use) {
        return use.member().replaceAll("[(#].*", "");
    }

    /** Looks in the type itself and in all that it extends and implements. */
    private static boolean has(String type, String member) {
        DexClasses.Defined own = apk.defined().get(type);
        if (own != null) {
            return own.members().contains(member) || any(own.above(), member);
        }
        Clazz known = android.get(type);
        if (known == null) {
            return false;
        }
        String above = known.getSuperClass();
        return known.getSignatures().contains(member)
                || any(List.of(known.getSuperInterfaces()), member)
                || (above != null && has(above, member));
    }

    private static boolean any(List<String> types, String member) {
        return types.stream().anyMatch(type -> has(type, member));
    }
}
