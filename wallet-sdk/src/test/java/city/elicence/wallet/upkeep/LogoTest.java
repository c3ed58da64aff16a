package city.elicence.wallet.upkeep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.Logo;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HAIP 1.0 §4.1: the picture of a card, as its issuer's metadata name it")
class LogoTest {
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"9\"/></svg>";

    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    private static byte[] png() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    private Card served(String path, String mediaType, byte[] octets) {
        town.issuer.server.at(path, call -> HttpReply.of(200, Map.of("Content-Type", mediaType), octets));
        town.issuer.logo = town.issuer.server.base() + path;
        Card card = town.licence();
        assertNull(card.look().logo());
        return town.wallet.fetchLogo(card.id()).orThrow();
    }

    private static Logo logoOf(Card card) {
        Logo logo = card.look().logo();
        assertNotNull(logo);
        return logo;
    }

    @Test
    @DisplayName("PNG and SVG from https: come octet for octet, once, and stay with the card")
    void fetchedOnce() {
        assertArrayEquals(png(), logoOf(served("/a.png", Logo.PNG, png())).octets());
        int asked = town.wire.calls().size();
        town.restart();
        Card kept = town.wallet.cards().get(0);
        assertArrayEquals(
                png(), logoOf(town.wallet.fetchLogo(kept.id()).orThrow()).octets());
        assertEquals(Logo.PNG, logoOf(kept).mediaType());
        assertEquals(asked, town.wire.calls().size());

        Card drawn = served("/a.svg", Logo.SVG + "; charset=utf-8", SVG.getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(SVG.getBytes(StandardCharsets.UTF_8), logoOf(drawn).octets());
        assertEquals(Logo.SVG, logoOf(drawn).mediaType());
    }

    @Test
    @DisplayName("PNG and SVG from data:, in base64 and escaped, need no network")
    void inside() {
        String base64 = Base64.getEncoder().encodeToString(SVG.getBytes(StandardCharsets.UTF_8));
        for (String uri : List.of(
                "data:image/svg+xml;base64," + base64,
                "data:image/svg+xml;charset=utf-8;base64," + base64,
                "data:image/svg+xml,"
                        + SVG.replace("\"", "%22").replace("<", "%3c").replace(" ", "%20"),
                "data:image/svg+xml;utf8," + SVG,
                logoOf(SVG).dataUri())) {
            town.issuer.logo = uri;
            Card card = town.licence();
            int asked = town.wire.calls().size();
            assertEquals(SVG, new String(logoOf(card).octets(), StandardCharsets.UTF_8), uri);
            town.wallet.fetchLogo(card.id()).orThrow();
            assertEquals(asked, town.wire.calls().size());
        }
        town.issuer.logo = "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
        assertArrayEquals(png(), logoOf(town.licence()).octets());
    }

    private static Logo logoOf(String svg) {
        Logo logo = Logo.of(Logo.SVG, svg.getBytes(StandardCharsets.UTF_8));
        assertNotNull(logo);
        return logo;
    }

    @Test
    @DisplayName("What is no such picture is none, and is not asked for again; without an answer it is, later")
    void refused() {
        byte[] page = "<html></html>".getBytes(StandardCharsets.UTF_8);
        byte[] bomb = ("<!DOCTYPE svg [<!ENTITY a \"b\">]>" + SVG).getBytes(StandardCharsets.UTF_8);
        byte[] tooLong = ("<svg>" + " ".repeat(200_000) + "</svg>").getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> none = Map.of("/1", page, "/2", bomb, "/3", tooLong);
        for (Map.Entry<String, byte[]> bad : none.entrySet()) {
            Card card = served(bad.getKey(), Logo.SVG, bad.getValue());
            assertNull(card.look().logoUri());
            int asked = town.wire.calls().size();
            town.wallet.fetchLogo(card.id()).orThrow();
            assertEquals(asked, town.wire.calls().size());
        }
        assertNull(served("/4", "text/html", png()).look().logo());
        assertNull(served("/5", Logo.PNG, page).look().logo());

        town.issuer.server.at("/6", call -> TownServer.reply(503, "text/plain", "later"));
        town.issuer.logo = town.issuer.server.base() + "/6";
        Card card = town.licence();
        assertEquals("network", Town.refusal(town.wallet.fetchLogo(card.id())).code());
        town.issuer.server.at("/6", call -> HttpReply.of(200, Map.of("Content-Type", Logo.PNG), png()));
        assertNotNull(town.wallet.fetchLogo(card.id()).orThrow().look().logo());
        assertEquals("not-found", Town.refusal(town.wallet.fetchLogo("none")).code());
    }
}
