package city.elicence.android;

import android.graphics.Bitmap;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A verifier's code reader: the whole library, from its own jars. What the tests otherwise load is what R8 left for the app,
 * and a phone that shows codes need not read all that a verifier reads.
 */
final class FullReader {
    private FullReader() {}

    /** The octets of the codes in a picture. */
    static List<byte[]> read(Bitmap bitmap) throws Exception {
        int width = bitmap.getWidth();
        int height = bitmap.getHeight();
        int[] pixels = new int[width * height];
        bitmap.getPixels(pixels, 0, width, 0, 0, width, height);
        byte[] luma = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int rgb = pixels[i];
            luma[i] = (byte) ((((rgb >> 16) & 255) * 3 + ((rgb >> 8) & 255) * 6 + (rgb & 255)) / 10);
        }
        List<byte[]> octets = new ArrayList<>();
        try (URLClassLoader loader = whole()) {
            List<?> found = (List<?>) loader.loadClass("city.elicence.credentials.qr.Qr")
                    .getMethod("decode", int.class, int.class, byte[].class)
                    .invoke(null, width, height, luma);
            for (Object content : found) {
                octets.add((byte[]) content.getClass().getMethod("octets").invoke(content));
            }
        }
        return octets;
    }

    /** The tests' own classes over the whole library. */
    static URLClassLoader whole() throws Exception {
        List<URL> places = new ArrayList<>();
        File[] shipped = Path.of(System.getProperty("shipped")).toFile().listFiles();
        for (File jar : shipped == null ? new File[0] : shipped) {
            places.add(jar.toURI().toURL());
        }
        places.add(Path.of(System.getProperty("shrunk"))
                .resolveSibling("test-classes")
                .toUri()
                .toURL());
        return new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
