package city.elicence.city.demo;

import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.verify.Verdict;
import city.elicence.wallet.store.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The main job on a running city, step by step. Any outcome but the expected one ends it with an error. */
public final class Demo {
    private static final String LICENCE = "driving-licence";
    private static final String ONLINE_CHECK = "may-drive-car";
    private static final String ONLINE_VERIFIER = "insurer";
    private static final String DOCUMENT_TYPE = "org.iso.18013.5.1.mDL";
    private static final String DOCUMENT_CHECK = "mobile-driving-licence";
    private static final String DOCUMENT_VERIFIER = "bank";
    private static final Duration REVOCATION_PATIENCE = Duration.ofSeconds(30);

    private final City city;
    private final Narrator narrator;
    private final Desk clerk;
    private final Desk verifier;
    private final Holder citizen;
    private final Issuance issuance;
    private final Showing showing;

    /**
     * A demo on a running city.
     *
     * @param out where the story is told
     */
    public Demo(City city, java.io.PrintStream out) throws IOException {
        this.city = city;
        this.narrator = new Narrator(out);
        HttpClient http = HttpClient.newHttpClient();
        this.clerk = new Desk(http, city.issuerBase(), () -> city.token(StaffRole.CLERK));
        Desk second = new Desk(http, city.issuerBase(), () -> city.token(StaffRole.CLERK, "second"));
        this.verifier = new Desk(http, city.verifierBase(), () -> city.token(StaffRole.VERIFIER));
        Camera camera = new Camera(city.folder().pictures());
        this.citizen = Holder.open(city, "citizen");
        Map<CredentialType.Holder, Holder> holders = new EnumMap<>(CredentialType.Holder.class);
        holders.put(CredentialType.Holder.CITIZEN, citizen);
        holders.put(CredentialType.Holder.COMPANY, Holder.open(city, "company"));
        this.issuance = new Issuance(city, clerk, second, camera, holders, narrator);
        this.showing = new Showing(verifier, camera, narrator);
    }

    /** Plays steps 2 to 7; step 1, starting the city, has been done. */
    public void play(Duration started) throws Exception {
        narrator.step("The city is running");
        narrator.result("ledger node, PostgreSQL, issuer and verifier services started", Narrator.time(started));
        ledger();
        narrator.step("Every type of the catalogue is issued to a citizen's and a company's wallet");
        issuance.run();
        narrator.step("What was issued is anchored on the ledger");
        issuance.anchor();
        String shown = present();
        revoke();
        refuse(shown);
        narrator.step("What happened");
        narrator.table();
    }

    private void ledger() throws Exception {
        narrator.step("The ledger knows who may issue and ask for what (written through libindy_vdr)");
        var written = city.writtenAtStart();
        for (Party party : city.parties().subList(0, 5)) {
            narrator.line(party.did().value() + "  " + party.names().en() + " "
                    + party.names().zh());
        }
        narrator.line("… and " + (city.parties().size() - 5) + " more");
        narrator.result(
                "on the ledger",
                city.parties().size() + " parties, "
                        + Catalogue.builtIn().types().size() + " types, "
                        + city.ledger().size() + " transactions"
                        + (written.nothing() ? " (all there from an earlier run)" : ""));
    }

    /** The same licence as an ISO mdoc; a wallet that was filled before there were any holds none. */
    private void presentDocument() throws Exception {
        if (citizen.good(DOCUMENT_TYPE).isEmpty()) {
            narrator.line("no mobile document of it is held: issued before the city issued any");
            return;
        }
        narrator.step("… and as a mobile driving licence of ISO/IEC 18013-5, signed by the phone for this request");
        long begun = System.nanoTime();
        Showing.Outcome shown = showing.online(DOCUMENT_VERIFIER, DOCUMENT_CHECK, citizen, true);
        if (!shown.accepted()) {
            throw new IOException("the verifier refused an honest mobile document: " + shown.code());
        }
        narrator.result("mobile document, from the verifier's QR to its verdict", "accepted in " + since(begun));
    }

    /** Step 5: online, then offline; gives back the offline presentation as it was scanned. */
    private String present() throws Exception {
        narrator.step("The driving licence is shown online: OpenID4VP 1.0, signed request, encrypted answer");
        long begun = System.nanoTime();
        Showing.Outcome online = showing.online(ONLINE_VERIFIER, ONLINE_CHECK, citizen, true);
        if (!online.accepted()) {
            throw new IOException("the verifier refused an honest licence: " + online.code());
        }
        narrator.result("online check, from the verifier's QR to its verdict", "accepted in " + since(begun));

        presentDocument();

        narrator.step("… and offline: the phone's rotating QR, checked with no network from cached trust");
        Card card = licence();
        List<byte[]> frames = showing.offlineFrames(LICENCE, citizen, card, Set.of("name", "classes"));
        long scanned = System.nanoTime();
        offlineInspector = Inspector.of(city, verifier, "police");
        String presentation = offlineInspector.read(frames);
        Verdict verdict = offlineInspector.check(presentation);
        if (verdict instanceof Verdict.Refused refused) {
            throw new IOException("the inspector refused an honest licence: "
                    + refused.refusal().code() + " " + refused.detail());
        }
        narrator.result(
                "offline check of " + frames.size() + " QR pictures", "accepted in " + since(scanned) + ", no network");
        verdict.checks()
                .forEach(check -> narrator.line(String.format(
                        "%-12s %s",
                        check.outcome().name().toLowerCase(java.util.Locale.ROOT),
                        check.check().en())));
        return presentation;
    }

    private @org.jspecify.annotations.Nullable Inspector offlineInspector;

    private void revoke() throws Exception {
        narrator.step("The driving licence is revoked");
        JsonArray found = clerk.get("/api/traffic-police/licences?type=" + LICENCE + "&state=valid")
                .orThrow()
                .getJsonArray("licences");
        long begun = System.nanoTime();
        for (int i = 0; i < found.size(); i++) {
            String id = found.getJsonObject(i).getString("id");
            clerk.post(
                            "/api/traffic-police/licences/" + id + "/revoke",
                            new JsonObject().put("reason", "demonstration"))
                    .orThrow();
        }
        Showing.Outcome outcome = showing.online(ONLINE_VERIFIER, ONLINE_CHECK, citizen, false);
        while (outcome.accepted() && Duration.ofNanos(System.nanoTime() - begun).compareTo(REVOCATION_PATIENCE) < 0) {
            outcome = showing.online(ONLINE_VERIFIER, ONLINE_CHECK, citizen, false);
        }
        if (!outcome.code().equals("revoked")) {
            throw new IOException("after its revocation the licence is " + outcome.code());
        }
        narrator.result("revoked, and refused by the online verifier", "after " + since(begun));
        narrator.line("the verifier says: " + outcome.sentence());
    }

    private void refuse(String honest) throws IOException, InterruptedException {
        narrator.step("What dishonest people try is refused, each by its name");
        Inspector inspector = offlineInspector;
        if (inspector == null) {
            throw new IllegalStateException("the offline check comes first");
        }
        Refusals refusals = new Refusals(city, verifier, narrator);
        refusals.offline(inspector, honest);
        refusals.overAsking();
    }

    private Card licence() throws IOException {
        return citizen.good(city.issuerBase() + "/types/" + LICENCE)
                .orElseThrow(() -> new IOException("the citizen holds no " + LICENCE));
    }

    private static String since(long begun) {
        return Narrator.time(Duration.ofNanos(System.nanoTime() - begun));
    }
}
