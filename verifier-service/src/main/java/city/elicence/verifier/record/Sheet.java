package city.elicence.verifier.record;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Lines of text on A4 pages, a page after another as they fill. Glyphs are drawn as outlines of the platform's own fonts, for
 * no Chinese font comes with PDF and none that may be embedded comes with Java; see docs/decisions/0102.
 */
final class Sheet implements AutoCloseable {
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    private static final FontRenderContext METRICS = new FontRenderContext(new AffineTransform(), true, true);
    private static final String CHINESE = "查验记录";
    private static final float MARGIN = 54;
    private static final float LINE = 1.55f;
    private static final double CUBIC = 2.0 / 3;

    private final PDDocument document;
    private PDPageContentStream content;
    private float y;

    Sheet(PDDocument document) throws IOException {
        this.document = document;
        this.content = turn();
    }

    /** Whether this machine has a font for Chinese at all. */
    static boolean hasChinese() {
        return FONT.canDisplayUpTo(CHINESE) < 0;
    }

    /** A paragraph, broken where it reaches the margin. */
    void text(String text, float size, boolean bold) throws IOException {
        text(text, size, bold, 0);
    }

    void text(String text, float size, boolean bold, float indent) throws IOException {
        String rest = clean(text);
        do {
            int end = fitting(rest, size, PDRectangle.A4.getWidth() - 2 * MARGIN - indent);
            room(size * LINE);
            y -= size * LINE;
            draw(rest.substring(0, end), size, bold, MARGIN + indent);
            rest = rest.substring(end).stripLeading();
        } while (!rest.isEmpty());
    }

    /** A name and its value beside it. */
    void fact(String name, String value) throws IOException {
        float size = 10;
        room(size * LINE);
        float before = y;
        y -= size * LINE;
        content.setNonStrokingColor(0.35f, 0.38f, 0.42f);
        draw(clean(name), size, false, MARGIN + 8);
        content.setNonStrokingColor(0f);
        y = before;
        text(value.isEmpty() ? "–" : value, size, false, 150);
    }

    void gap(float points) {
        y -= points;
    }

    void rule() throws IOException {
        gap(4);
        content.setStrokingColor(0.75f, 0.72f, 0.66f);
        content.moveTo(MARGIN, y);
        content.lineTo(PDRectangle.A4.getWidth() - MARGIN, y);
        content.stroke();
        gap(2);
    }

    void colour(float red, float green, float blue) throws IOException {
        content.setNonStrokingColor(red, green, blue);
    }

    private void room(float height) throws IOException {
        if (y - height < MARGIN) {
            content.close();
            content = turn();
        }
    }

    private PDPageContentStream turn() throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        y = PDRectangle.A4.getHeight() - MARGIN;
        return new PDPageContentStream(document, page);
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}]+", " ");
    }

    private static int fitting(String text, float size, float width) {
        if (width(text, size) <= width) {
            return text.length();
        }
        int end = 1;
        while (end < text.length() && width(text.substring(0, end + 1), size) <= width) {
            end++;
        }
        int space = text.lastIndexOf(' ', end);
        return space > end / 2 ? space : end;
    }

    private static double width(String text, float size) {
        return FONT.deriveFont(size).getStringBounds(text, METRICS).getWidth();
    }

    private void draw(String text, float size, boolean bold, float x) throws IOException {
        GlyphVector glyphs = FONT.deriveFont(size).createGlyphVector(METRICS, text);
        PathIterator path = glyphs.getOutline().getPathIterator(new AffineTransform(1, 0, 0, -1, x, y));
        double[] at = new double[6];
        double lastX = 0;
        double lastY = 0;
        boolean any = false;
        for (; !path.isDone(); path.next()) {
            any = true;
            switch (path.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> content.moveTo((float) at[0], (float) at[1]);
                case PathIterator.SEG_LINETO -> content.lineTo((float) at[0], (float) at[1]);
                case PathIterator.SEG_QUADTO ->
                    content.curveTo(
                            (float) (lastX + CUBIC * (at[0] - lastX)),
                            (float) (lastY + CUBIC * (at[1] - lastY)),
                            (float) (at[2] + CUBIC * (at[0] - at[2])),
                            (float) (at[3] + CUBIC * (at[1] - at[3])),
                            (float) at[2],
                            (float) at[3]);
                case PathIterator.SEG_CUBICTO ->
                    content.curveTo(
                            (float) at[0], (float) at[1], (float) at[2], (float) at[3], (float) at[4], (float) at[5]);
                default -> content.closePath();
            }
            int last = switch (path.currentSegment(at)) {
                case PathIterator.SEG_QUADTO -> 2;
                case PathIterator.SEG_CUBICTO -> 4;
                default -> 0;
            };
            lastX = at[last];
            lastY = at[last + 1];
        }
        if (any && bold) {
            content.setLineWidth(size / 40);
            content.fillAndStroke();
        } else if (any) {
            content.fill();
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
