package city.elicence.city.demo;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Step 5: a licence is shown, online and offline, and what was asked and disclosed is told. */
public final class Showing {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int QR_SCALE = 6;

    private final Desk verifier;
    private final Camera camera;
    private final Narrator narrator;

    public Showing(Desk verifier, Camera camera, Narrator narrator) {
        this.verifier = verifier;
        this.camera = camera;
        this.narrator = narrator;
    }

    /** The outcome of an online check, as the verifier's own API tells it. */
    public record Outcome(String status, JsonObject json) {
        public boolean accepted() {
            return status.equals("accepted");
        }

        /** The reason's stable code, or the status where there is none. */
        public String code() {
            return json.getString("code", status);
        }

        /** The reason in a sentence. */
        public String sentence() {
            JsonArray verdicts =
                    json.getJsonObject("report", new JsonObject()).getJsonArray("presentations", new JsonArray());
            for (int i = 0; i < verdicts.size(); i++) {
                JsonObject sentence = verdicts.getJsonObject(i).getJsonObject("sentence");
                if (sentence != null) {
                    return sentence.getString("en");
                }
            }
            return code();
        }
    }

    /** The verifier's QR is scanned, the holder agrees to what is suggested, the verdict is waited for. */
    Outcome online(String tenant, String check, Holder holder, boolean tell) throws IOException, InterruptedException {
        return online(check, new JsonObject().put("tenant", tenant).put("check", check), holder, tell);
    }

    /**
     * The same for any check.
     *
     * @param name of the picture that is kept of the QR
     * @param check the body of {@code POST /api/checks}
     */
    public Outcome online(String name, JsonObject check, Holder holder, boolean tell)
            throws IOException, InterruptedException {
        JsonObject made = verifier.post("/api/checks", check).orThrow();
        byte[] png = verifier.picture(URI.create(made.getString("qr")));
        String scanned = new String(camera.scan("request-" + name, png), StandardCharsets.UTF_8);
        Consent consent = holder.wallet().readRequest(scanned).orThrow();
        if (tell) {
            narrator.line("asked by   " + consent.verifier().name().en() + " ("
                    + consent.verifier().name().zh() + "), accredited on the ledger");
            for (Consent.Question question : consent.questions()) {
                for (CardClaim claim : question.matches().get(0).disclosed()) {
                    narrator.line("discloses  " + claim.label().en() + " ("
                            + claim.label().zh() + ")");
                }
            }
        }
        String refusal = holder.wallet().present(consent, consent.suggested()).fold(done -> "", Refusal::code);
        Outcome outcome = result(made.getString("id"));
        if (!refusal.isEmpty() && outcome.accepted()) {
            throw new IOException("the wallet was refused (" + refusal + ") what the verifier accepted");
        }
        return outcome;
    }

    private Outcome result(String id) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            JsonObject json = verifier.get("/api/checks/" + id).orThrow();
            String status = json.getString("status");
            if (!Set.of("waiting", "deciding", "returning").contains(status)) {
                return new Outcome(status, json);
            }
            Thread.sleep(50);
        }
        throw new IOException("the verifier did not decide within " + PATIENCE);
    }

    /** The phone's rotating code as pictures, read back from their pixels. */
    public List<byte[]> offlineFrames(String name, Holder holder, Card card, Set<String> claims) throws IOException {
        Set<ClaimPath> paths = claims.stream().map(ClaimPath::of).collect(Collectors.toSet());
        OfflineShowing showing = holder.wallet().offlineCode(card.id(), paths).orThrow();
        List<byte[]> scanned = new ArrayList<>();
        try {
            int number = 1;
            for (var frame : showing.frames()) {
                byte[] png = Qr.encode(frame.octets(), QrLevel.LOW, 15).png(QR_SCALE);
                scanned.add(camera.scan("offline-" + name + "-" + number, png));
                number++;
            }
        } catch (QrException e) {
            throw new IOException("the presentation fits no QR code", e);
        }
        return scanned;
    }
}
