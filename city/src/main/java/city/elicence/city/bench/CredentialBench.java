package city.elicence.city.bench;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Holder;
import city.elicence.city.demo.Inspector;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import city.elicence.city.setup.CityFolder;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.verify.Verdict;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a licence costs, in signatures: to make it, to judge it, to issue and to check it over HTTP with everything that must be durable, each
 * beside the bare ES256 operation of the same run.
 */
public final class CredentialBench {
    private static final String TYPE = "driving-licence";
    private static final String TENANT = "traffic-police";
    private static final int CLIENTS = 16;
    private static final Set<ClaimPath> SHOWN = Set.of(ClaimPath.of("name"), ClaimPath.of("classes"));

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final PrintStream out;
    private final int rounds;

    /**
     * A measurement.
     *
     * @param rounds how many licences, verdicts and checks are measured, after as many to warm up
     */
    public CredentialBench(PrintStream out, int rounds) {
        if (rounds < 10 || rounds > 100_000) {
            throw new IllegalArgumentException("expected 10 to 100,000 rounds");
        }
        this.out = out;
        this.rounds = rounds;
    }

    /** Starts a city in an empty folder, and measures with one client after the other; all on this machine. */
    public void run(Path data, int portBase) throws Exception {
        City.Settings settings =
                new City.Settings(CityFolder.at(data), new Ports(portBase), false, Clock.systemUTC(), part -> {});
        try (City city = City.start(settings)) {
            measure(city);
        }
    }

    private void measure(City city) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        // As scripts do: one token, until it ends.
        String clerkToken = city.token(StaffRole.CLERK);
        String bankToken = city.token(StaffRole.VERIFIER);
        Desk clerk = new Desk(http, city.issuerBase(), () -> clerkToken);
        Desk bank = new Desk(http, city.verifierBase(), () -> bankToken);
        Holder citizen = Holder.open(city, "bench");
        SigningKey key = city.party(TENANT).signingKey();
        byte[] input = new byte[600];
        byte[] signature = key.sign(input);

        out.println(String.format("%-70s %11s %11s %11s %8s", "", "waited", "processor", "compiling", "ratio"));
        double sign = micros("ES256: one signature", rounds * 20, i -> key.sign(input), 0);
        double check = micros(
                "ES256: one verification", rounds * 20, i -> key.publicKey().verifies(input, signature), 0);

        CredentialType type =
                Catalogue.builtIn().byVct(city.issuerBase() + "/types/" + TYPE).orElseThrow();
        Map<String, Object> claims = type.sample();
        SdJwtIssuer issuer = new SdJwtIssuer(key, new SecureRandom());
        Frame frame = Frame.of(claims.keySet().stream().map(ClaimPath::of).toList());
        micros(
                "SD-JWT made, " + claims.size() + " disclosures: ÷ a signature",
                rounds * 5,
                i -> issuer.issue(Map.of("typ", "dc+sd-jwt"), claims, frame),
                sign);

        Card card = issued(clerk, citizen, type);
        while (citizen.wallet().fetchReceipts() >= 0
                && !citizen.cards().getFirst().anchored()) {
            Thread.sleep(200);
        }
        verdicts(city, bank, citizen, card, check);

        micros(
                "licence checked over HTTP, request to verdict: ÷ a verification",
                rounds,
                i -> checked(bank, citizen),
                check);
        micros(
                "licence issued over HTTP, durable, held by a wallet: ÷ a signature",
                rounds,
                i -> citizen.wallet().delete(issued(clerk, citizen, type).id()).orThrow(),
                sign);
        together(city, clerk, bank, type);
    }

    /** Many clients at once, each with a wallet of its own, each waiting for its answer before it asks again. */
    private void together(City city, Desk clerk, Desk bank, CredentialType type) throws Exception {
        List<Holder> citizens = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            citizens.add(Holder.open(city, "bench-" + client));
        }
        out.println(String.format(
                "%n%-70s %11s %11s %8s", CLIENTS + " clients at once", "median", "processor", "a second"));
        aSecond("licence issued over HTTP", citizens, citizen -> issued(clerk, citizen, type));
        for (Holder citizen : citizens) {
            // Shows are of one card, and so as many as there are asked.
            for (Card more : citizen.cards().subList(1, citizen.cards().size())) {
                citizen.wallet().delete(more.id()).orThrow();
            }
        }
        aSecond("licence checked over HTTP", citizens, citizen -> checked(bank, citizen));
    }

    private void aSecond(String what, List<Holder> citizens, Use use) throws Exception {
        int each = Math.max(2, rounds / CLIENTS);
        play(citizens, each, use);
        Spent before = Spent.now();
        List<Long> waits = play(citizens, each, use);
        Spent spent = Spent.now().since(before);
        double median = waits.get(waits.size() / 2) / 1_000.0;
        double aSecond = waits.size() / (spent.waited() / 1e6);
        row(what, median, spent.each(waits.size()), aSecond);
    }

    private void row(String what, double waited, Spent each, double last) {
        String number = last == 0 ? "" : String.format("%.1f", last);
        out.println(String.format(
                "%-70s %8.0f µs %8.0f µs %8.0f µs %8s", what, waited, each.processor(), each.compiling(), number));
    }

    /**
     * Microseconds of all threads of this process.
     *
     * @param processor without those of the just-in-time compiler, which ends when all has been compiled
     */
    private record Spent(double waited, double processor, double compiling) {
        static Spent now() {
            double compiling = CompilerThreads.micros();
            return new Spent(System.nanoTime() / 1e3, PROCESS.getProcessCpuTime() / 1e3 - compiling, compiling);
        }

        Spent since(Spent before) {
            return new Spent(waited - before.waited, processor - before.processor, compiling - before.compiling);
        }

        Spent each(int times) {
            return new Spent(waited / times, processor / times, compiling / times);
        }
    }

    /** Nanoseconds that each waited, the shortest first. */
    private static List<Long> play(List<Holder> citizens, int each, Use use) throws Exception {
        List<Long> waits = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> played = new ArrayList<>();
            for (Holder citizen : citizens) {
                played.add(clients.submit(() -> {
                    List<Long> own = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        long begun = System.nanoTime();
                        use.by(citizen);
                        own.add(System.nanoTime() - begun);
                    }
                    return own;
                }));
            }
            for (Future<List<Long>> own : played) {
                waits.addAll(own.get());
            }
        }
        Collections.sort(waits);
        return waits;
    }

    /** Without the network: the issuer's signature and the holder's are new each time, the chain is remembered. */
    private void verdicts(City city, Desk bank, Holder citizen, Card card, double check) throws Exception {
        Inspector inspector = Inspector.of(city, bank, "police");
        List<String> presentations = new ArrayList<>();
        for (int i = 0; i < 2 * rounds; i++) {
            List<byte[]> frames = new ArrayList<>();
            citizen.wallet()
                    .offlineCode(card.id(), SHOWN)
                    .orThrow()
                    .frames()
                    .forEach(each -> frames.add(each.octets()));
            presentations.add(inspector.read(frames));
        }
        micros(
                "presentation judged, every check: ÷ two verifications",
                rounds,
                i -> {
                    if (inspector.check(presentations.get(i)) instanceof Verdict.Refused refused) {
                        throw new IOException("an honest licence was refused: "
                                + refused.refusal().code());
                    }
                },
                2 * check);
    }

    private static Card issued(Desk clerk, Holder citizen, CredentialType type) throws Exception {
        JsonObject licence = new JsonObject().put("type", type.id()).put("claims", new JsonObject(type.sample()));
        JsonObject order = new JsonObject().put("licences", new JsonArray().add(licence));
        JsonObject offer = clerk.post("/api/" + TENANT + "/offers", order).orThrow();
        OfferPreview preview =
                citizen.wallet().readOffer(offer.getString("link")).orThrow();
        if (citizen.wallet().accept(preview, null).orThrow() instanceof Receiving.Received received) {
            return received.cards().getFirst();
        }
        throw new IOException("a licence did not arrive");
    }

    private static void checked(Desk bank, Holder citizen) throws Exception {
        JsonObject made = bank.post(
                        "/api/checks", new JsonObject().put("tenant", "insurer").put("check", "may-drive-car"))
                .orThrow();
        Consent consent = citizen.wallet().readRequest(made.getString("link")).orThrow();
        citizen.wallet().present(consent, consent.suggested()).orThrow();
        while (true) {
            String status =
                    bank.get("/api/checks/" + made.getString("id")).orThrow().getString("status");
            if (!Set.of("waiting", "deciding", "returning").contains(status)) {
                if (!status.equals("accepted")) {
                    throw new IOException("an honest licence was not accepted: " + status);
                }
                return;
            }
            Thread.sleep(2);
        }
    }

    /**
     * Microseconds of processor time of one act, the mean of so many after as many; told with its ratio to something else. All
     * threads of this process count, and so what the services do of themselves meanwhile; PostgreSQL's processes do not.
     */
    private double micros(String what, int times, Act act, double beside) throws Exception {
        int before = times;
        for (int i = 0; i < before; i++) {
            act.play(i);
        }
        Spent begun = Spent.now();
        for (int i = before; i < before + times; i++) {
            act.play(i);
        }
        Spent each = Spent.now().since(begun).each(times);
        row(what, each.waited(), each, beside == 0 ? 0 : each.processor() / beside);
        return each.processor();
    }

    private interface Act {
        void play(int i) throws Exception;
    }

    private interface Use {
        void by(Holder citizen) throws Exception;
    }
}
