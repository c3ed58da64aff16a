package city.elicence.city.demo;

import city.elicence.credentials.catalogue.Format;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A counter of an authority: a clerk on one side, on the other a phone whose camera reads the offer's QR. */
public final class Counter {
    private final Desk clerk;
    private final Desk second;
    private final Camera camera;

    /**
     * A counter.
     *
     * @param second another clerk, who approves what needs two persons
     */
    public Counter(Desk clerk, Desk second, Camera camera) {
        this.clerk = clerk;
        this.second = second;
        this.camera = camera;
    }

    /** Issues one licence: offer, QR picture, pixels, wallet. */
    public Card issue(String tenant, String type, Map<String, Object> claims, Holder holder)
            throws IOException, InterruptedException {
        return issue(tenant, type, claims, List.of(Format.SD_JWT_VC), holder);
    }

    /** The same in these formats: one licence, of which the wallet gets a card for each. Returns the first. */
    public Card issue(String tenant, String type, Map<String, Object> claims, List<Format> formats, Holder holder)
            throws IOException, InterruptedException {
        JsonArray wanted = new JsonArray();
        formats.forEach(format -> wanted.add(format.identifier()));
        JsonObject licence = new JsonObject()
                .put("type", type)
                .put("claims", new JsonObject(claims))
                .put("formats", wanted);
        JsonObject offer = ordered(tenant, new JsonObject().put("licences", new JsonArray().add(licence)));
        return collect(tenant, type, offer.getString("id"), holder);
    }

    /** The offer for an order, approved by the second clerk where the type needs two persons. */
    public JsonObject ordered(String tenant, JsonObject order) throws IOException, InterruptedException {
        JsonObject answer = clerk.post("/api/" + tenant + "/offers", order).orThrow();
        return answer.containsKey("proposal")
                ? approved(tenant, answer).getJsonArray("offers").getJsonObject(0)
                : answer;
    }

    /** What a proposal came to when the second clerk approved it. */
    public JsonObject approved(String tenant, JsonObject proposal) throws IOException, InterruptedException {
        return second.post(
                        "/api/" + tenant + "/proposals/" + proposal.getString("proposal") + "/approve",
                        new JsonObject())
                .orThrow();
    }

    /** The phone scans an offer that was made, and its holder takes what is offered. */
    public Card collect(String tenant, String name, String offer, Holder holder)
            throws IOException, InterruptedException {
        byte[] png = clerk.picture(URI.create("/api/" + tenant + "/offers/" + offer + "/qr.png"));
        String scanned = new String(camera.scan("offer-" + name, png), StandardCharsets.UTF_8);
        OfferPreview preview = holder.wallet().readOffer(scanned).orThrow();
        Receiving receiving = holder.wallet().accept(preview, null).orThrow();
        if (receiving instanceof Receiving.Received received) {
            return received.cards().get(0);
        }
        throw new IOException(name + " did not arrive: " + receiving);
    }
}
