package city.elicence.issuer.type;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import io.vertx.core.buffer.Buffer;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * An emblem on its card's colour: whoever shows it knows neither. HAIP 1.0 §4.1 has wallets show SVG and PNG; the one is drawn
 * from the other.
 */
public record Emblem(String svg) {
    private static final int PIXELS = 192;
    private static final String SEAL_COLOUR = "#1f2a44";
    private static final String SEAL_INK = "#ffffff";

    static {
        // There is no screen to draw on, whatever DISPLAY says.
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
    }

    public static Emblem of(CredentialType type) {
        return drawn(type.card().emblem(), type.card().colour(), type.card().ink());
    }

    /** An issuing authority's. */
    public static Emblem ofAuthority() {
        return drawn("seal", SEAL_COLOUR, SEAL_INK);
    }

    private static Emblem drawn(String emblem, String colour, String ink) {
        String lines = Catalogue.emblem(emblem).orElseThrow();
        int inside = lines.indexOf('>') + 1;
        String ground = "<rect width=\"24\" height=\"24\" stroke=\"none\" fill=\"" + colour + "\"/>";
        return new Emblem(lines.substring(0, inside).replace("currentColor", ink) + ground + lines.substring(inside));
    }

    /** The same as PNG. */
    public Buffer png() {
        SVGDocument document = Objects.requireNonNull(
                new SVGLoader()
                        .load(
                                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                                null,
                                LoaderContext.createDefault()),
                "an emblem of the catalogue is no SVG");
        BufferedImage image = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.render((Component) null, pen, new ViewBox(0, 0, PIXELS, PIXELS));
        } finally {
            pen.dispose();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Buffer.buffer(png.toByteArray());
    }
}
