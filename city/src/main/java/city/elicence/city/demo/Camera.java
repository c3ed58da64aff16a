package city.elicence.city.demo;

import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrContent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A phone's camera: pixels in, the octets of the QR code out. Every picture it takes is kept for people to look at. */
public final class Camera {
    private final Path album;

    public Camera(Path album) {
        this.album = album;
    }

    /** Keeps a PNG under that name and reads the QR code in its pixels. */
    public byte[] scan(String name, byte[] png) throws IOException {
        Files.write(album.resolve(name + ".png"), png);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        if (picture == null) {
            throw new IOException(name + " is not a picture");
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[] luma = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = picture.getRGB(x, y);
                luma[y * width + x] = (byte) ((((rgb >> 16) & 255) * 3 + ((rgb >> 8) & 255) * 6 + (rgb & 255)) / 10);
            }
        }
        return Qr.decode(width, height, luma).stream()
                .findFirst()
                .map(QrContent::octets)
                .orElseThrow(() -> new IOException("no QR code could be read from " + name));
    }
}
