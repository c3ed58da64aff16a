package city.elicence.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import android.content.Intent;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.graphics.Color;
import android.view.View;
import android.widget.ImageView;
import city.elicence.android.cards.CardsActivity;
import city.elicence.android.keys.LockPrompt;
import city.elicence.android.keys.PhoneKeys;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.Logo;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.json.JSONObject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.jupiter.api.DisplayName;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** HAIP 1.0 section 4.1: the pictures of issuers that the app has no drawing for, as SVG and as PNG. */
@RunWith(RobolectricTestRunner.class)
@Config(
        qualifiers = "en-rGB-w360dp-h780dp-xhdpi",
        shadows = {Finger.class, Air.class})
public class CardLogoTest {
    private static final String FRAME = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\">%s</svg>";
    private static final String BLUE = FRAME.formatted("<rect width=\"20\" height=\"20\" fill=\"#0000ff\"/>");

    private static final String NAME = "A stranger's pass";

    private final AtomicInteger asked = new AtomicInteger();
    private EncryptedFileStore store;
    private String licence = "";
    private HttpServer stranger;

    @Before
    public void fill() throws Exception {
        Finger.touches = true;
        Pocket.open();
        store = new EncryptedFileStore(
                RuntimeEnvironment.getApplication().getFilesDir().toPath().resolve("wallet"),
                new PhoneKeys(new LockPrompt()));
        for (String name : store.names("licence")) {
            if (record(name).getString("vct").endsWith("/driving-licence")) {
                licence = name;
            }
        }
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.start();
    }

    @After
    public void close() {
        stranger.stop(0);
    }

    @Test
    @DisplayName("A PNG of an issuer that the app has no drawing for is fetched when the card comes, and drawn on it")
    public void aPngIsDrawnOnTheCardWhenItComes() throws Exception {
        assertEquals(Color.RED, centre(comes(served(Logo.PNG, red()))));
    }

    @Test
    @DisplayName("An SVG of such an issuer likewise, in its own colours")
    public void anSvgIsDrawnOnTheCardWhenItComes() throws Exception {
        assertEquals(Color.BLUE, centre(comes(served(Logo.SVG, BLUE.getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    public void aPlainStyleIsFollowed() throws Exception {
        String rules = ".a,#b{fill:#0000ff;stroke-dasharray:none}.c{fill:none}";
        for (String style : List.of(rules, "\n<![CDATA[\n" + rules + "\n]]>\n")) {
            String styled = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                    + FRAME.formatted("<defs><style type=\"text/css\">" + style
                            + "</style></defs><g><rect class=\"a\" width=\"20\" height=\"20\"/></g>");
            assertEquals(
                    Color.BLUE,
                    centre(comes(logo(Logo.SVG, styled.getBytes(StandardCharsets.UTF_8))
                            .dataUri())));
        }
    }

    @Test
    public void bothFromTheMetadataThemselves() throws Exception {
        for (Logo logo : List.of(logo(Logo.PNG, red()), logo(Logo.SVG, BLUE.getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(logo.mediaType().equals(Logo.PNG) ? Color.RED : Color.BLUE, centre(comes(logo.dataUri())));
        }
        assertEquals(0, asked.get());
    }

    /** One that repeats itself a million times, however it is written, one nested deeper than a stack, one that is none. */
    @Test(timeout = 60_000)
    public void aPictureThatCannotBeDrawnIsLeftOut() throws Exception {
        String rect = "<rect width=\"20\" height=\"20\" fill=\"%s\"/>";
        String tiny =
                "pattern id=\"p\" width=\".0001\" height=\".0001\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0h1\"/></";
        String tiled = rect.formatted("url(#p)");
        String blue = rect.formatted("blue");
        for (String bad : List.of(
                FRAME.formatted(doubled("g", "<use href=\"#a%1$d\"/><use href=\"#a%1$d\"/>")),
                FRAME.formatted("<g xmlns:a-b=\"http://www.w3.org/2000/svg\">"
                        + doubled("g", "<a-b:use href=\"#a%1$d\"/><a-b:use href=\"#a%1$d\"/>") + "</g>"),
                FRAME.formatted(
                        doubled("clipPath", "<path clip-path=\"url(#a%1$d)\"/><path clip-path=\"url(#a%1$d)\"/>")
                                + "<path d=\"M0 0h9v9z\" clip-path=\"url(#a29)\"/>"),
                FRAME.formatted("<" + tiny + "pattern>" + tiled),
                FRAME.formatted(
                        "<g xmlns:a-b=\"http://www.w3.org/2000/svg\"><a-b:" + tiny + "a-b:pattern></g>" + tiled),
                FRAME.formatted("<marker id=\"m\"><path d=\"M0 0h1\"/></marker><path marker-mid=\"url(#m)\" d=\"M0 0"
                        + "h1".repeat(50_000) + "\"/>"),
                FRAME.formatted("<image width=\"20\" height=\"20\" href=\"data:image/png;base64,AAAA\"/>"),
                FRAME.formatted("<g stroke=\"red\" style=\"stroke-dash/**/array:.0001\">"
                        + "<path d=\"M0 0h99\"/>".repeat(5_000) + "</g>"),
                FRAME.formatted("<style>" + "* ".repeat(30) + "b{fill:red}</style>" + "<g>".repeat(99) + blue
                        + "</g>".repeat(99)),
                "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + FRAME.formatted(blue),
                FRAME.formatted("<g>".repeat(15_000) + "</g>".repeat(15_000)),
                FRAME.formatted("<rect"))) {
            ImageView emblem =
                    comes(logo(Logo.SVG, bad.getBytes(StandardCharsets.UTF_8)).dataUri());
            assertNotNull("the plain seal", emblem.getImageTintList());
        }
    }

    /** Thirty elements, each of which names the one before it twice. */
    private static String doubled(String element, String twice) {
        StringBuilder bomb =
                new StringBuilder("<%s id=\"a0\"><rect width=\"1\" height=\"1\"/></%s>".formatted(element, element));
        for (int i = 1; i < 30; i++) {
            bomb.append("<%s id=\"a%d\">".formatted(element, i))
                    .append(twice.formatted(i - 1))
                    .append("</%s>".formatted(element));
        }
        return bomb.toString();
    }

    @Test
    public void nobodyLearnsWhenACardIsLookedAt() throws Exception {
        String address = served(Logo.PNG, red());
        strange(address);
        CardsActivity cards = Hand.open(CardsActivity.class, new Intent());
        Hand.reads(cards, NAME);
        assertEquals(0, asked.get());
        comes(address);
        Hand.open(CardsActivity.class, new Intent().putExtra(CardsActivity.NEW, true));
        Hand.reads(cards, NAME);
        assertEquals(1, asked.get());
    }

    private String served(String mediaType, byte[] octets) {
        stranger.createContext("/logo", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", mediaType);
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
        return "http://127.0.0.1:" + stranger.getAddress().getPort() + "/logo";
    }

    /** The picture on a stranger's card, as the first screen shows it after it came. */
    private ImageView comes(String logoUri) throws Exception {
        strange(logoUri);
        CardsActivity cards = Hand.open(CardsActivity.class, new Intent().putExtra(CardsActivity.NEW, true));
        Hand.until(cards, "the picture is here", () -> {
            try {
                return record(licence).getJSONObject("look").getString("logo").startsWith("data:");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        CardsActivity again = Hand.open(CardsActivity.class, new Intent());
        Hand.reads(again, NAME);
        for (View view : Hand.all(Hand.root(again))) {
            CharSequence words = view.getContentDescription();
            if (words != null && words.toString().startsWith(NAME)) {
                for (View part : Hand.all(view)) {
                    if (part instanceof ImageView emblem) {
                        return emblem;
                    }
                }
            }
        }
        throw new AssertionError("no picture on the card");
    }

    private JSONObject record(String name) throws Exception {
        return new JSONObject(String.valueOf(store.get(name)));
    }

    /** Makes the driving licence one of a type that the app does not know, whose picture is there. */
    private void strange(String logoUri) throws Exception {
        JSONObject changed = record(licence);
        changed.put("vct", "https://stranger.example/pass");
        changed.put("name", new JSONObject().put("zh", NAME).put("en", NAME));
        changed.put("look", new JSONObject().put("logo", logoUri));
        store.put(licence, changed.toString());
    }

    private static Logo logo(String mediaType, byte[] octets) {
        Logo logo = Logo.of(mediaType, octets);
        assertNotNull(logo);
        return logo;
    }

    private static byte[] red() {
        Bitmap bitmap = Bitmap.createBitmap(40, 40, Bitmap.Config.ARGB_8888);
        bitmap.eraseColor(Color.RED);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        bitmap.compress(Bitmap.CompressFormat.PNG, 100, octets);
        return octets.toByteArray();
    }

    private static int centre(ImageView emblem) {
        assertNull("a stranger's picture keeps its colours", emblem.getImageTintList());
        Bitmap drawn = Bitmap.createBitmap(emblem.getWidth(), emblem.getHeight(), Bitmap.Config.ARGB_8888);
        emblem.draw(new Canvas(drawn));
        return drawn.getPixel(drawn.getWidth() / 2, drawn.getHeight() / 2);
    }
}
