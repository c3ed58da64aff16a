package city.elicence.android;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** A city as people start it, in a process of its own: real issuer, verifier, ledger and database on the loopback address. */
final class LiveCity {
    private static final String COMPANY = "zhizao";
    private static final List<ServerSocket> HELD = new ArrayList<>();

    private static @Nullable LiveCity running;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final JSONObject addresses;
    private final String clerk;
    private final String verifier;
    private String representative = "";

    private LiveCity() throws Exception {
        folder = Files.createTempDirectory("city");
        List<String> command = new ArrayList<>(city("up", "--json"));
        command.addAll(List.of("--port-base", String.valueOf(freePorts())));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the city did not start: " + Files.readString(folder.resolve("errors.txt")));
            }
            addresses = new JSONObject(line);
        }
        clerk = token("clerk");
        verifier = token("verifier");
    }

    /** Started once for all tests, stopped with them. */
    static synchronized LiveCity get() throws Exception {
        LiveCity city = running;
        if (city == null) {
            city = new LiveCity();
            running = city;
        }
        return city;
    }

    private List<String> city(String... words) {
        Path module = Path.of(System.getProperty("elicence.root"), "city/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                module.resolve("city-0.1.0.jar") + File.pathSeparator + module.resolve("lib") + "/*",
                "city.elicence.city.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", folder.toString()));
        return command;
    }

    private String token(String role, String... more) throws IOException, InterruptedException {
        List<String> command = city("token", "--role", role);
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IOException("no token for " + role);
        }
        return said;
    }

    /** Nine in a row that nobody has now, below those that the system gives out; the tenth is held, as the city's own tests do. */
    private static int freePorts() throws IOException {
        long first = ProcessHandle.current().pid();
        for (int tries = 0; tries < 500; tries++) {
            int base = 21_000 + (int) ((first + tries) % 500) * 20;
            ServerSocket mark = new ServerSocket();
            try {
                mark.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + 9));
            } catch (IOException held) {
                mark.close();
                continue;
            }
            boolean free = true;
            for (int port = base; port < base + 9 && free; port++) {
                try (ServerSocket probe = new ServerSocket()) {
                    probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                } catch (IOException taken) {
                    free = false;
                }
            }
            if (free) {
                HELD.add(mark);
                return base;
            }
            mark.close();
        }
        throw new IOException("no nine free ports in a row");
    }

    /** A link by which the office offers a licence with these claims. */
    String offer(String office, String type, JSONObject claims, String... formats) throws Exception {
        JSONObject licence = new JSONObject().put("type", type).put("claims", claims);
        if (formats.length > 0) {
            licence.put("formats", new JSONArray(List.of(formats)));
        }
        return send(
                        "POST",
                        issuer("/api/" + office + "/offers"),
                        clerk,
                        new JSONObject().put("licences", new JSONArray().put(licence)))
                .getString("link");
    }

    /** The claims that the catalogue's example of a type has. */
    static JSONObject sample(String type) throws IOException, JSONException {
        Path file = Path.of(System.getProperty("shrunk"), "catalogue", type + ".json");
        return new JSONObject(Files.readString(file)).getJSONObject("sample");
    }

    /** Changes the state of the one licence of that type that the office has issued. */
    void change(String office, String type, String act) throws Exception {
        JSONObject listed = send("GET", issuer("/api/" + office + "/licences?type=" + type), clerk, null);
        String id = listed.getJSONArray("licences").getJSONObject(0).getString("id");
        send(
                "POST",
                issuer("/api/" + office + "/licences/" + id + "/" + act),
                clerk,
                new JSONObject().put("reason", "test"));
    }

    /** A check that somebody asks for: {@code id}, {@code link}. */
    JSONObject ask(String who, String check) throws Exception {
        return send(
                "POST",
                verifier("/api/checks"),
                verifier,
                new JSONObject().put("tenant", who).put("check", check));
    }

    /** A check with an act to sign for that is of no known type. */
    JSONObject askWhatNoPhoneKnows() throws Exception {
        JSONObject act = new JSONObject()
                .put("type", "urn:example:unheard-of")
                .put("credential_ids", new JSONArray().put("driving_licence"));
        return send(
                "POST",
                verifier("/api/checks"),
                verifier,
                new JSONObject()
                        .put("tenant", "insurer")
                        .put("check", "may-drive-car")
                        .put("transaction_data", new JSONArray().put(act)));
    }

    JSONObject result(JSONObject check) throws Exception {
        return send("GET", verifier("/api/checks/" + check.getString("id")), verifier, null);
    }

    /** A link by which the representative's phone speaks for the company, which has its licence and her mandate then. */
    String companyLink() throws Exception {
        if (representative.isEmpty()) {
            representative = token("company", "--office", COMPANY, "--person", "lin-xiaoning");
            JSONObject licence = sample("business-licence");
            JSONObject offered = new JSONObject().put("link", offer("market-regulator", "business-licence", licence));
            send("POST", company("/api/" + COMPANY + "/offers"), representative, offered);
            JSONObject mandate = new JSONObject()
                    .put("person", "lin-xiaoning")
                    .put("limit", 10_000_000)
                    .put("powers", new JSONArray().put("open-account"))
                    .put(
                            "valid_until",
                            java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                                    .plusYears(1));
            send("POST", company("/api/" + COMPANY + "/mandates"), representative, mandate);
        }
        return send("POST", company("/api/" + COMPANY + "/phones"), representative, new JSONObject())
                .getString("link");
    }

    /** A bank asks the company to sign for the opening of an account, and brings the request to its wallet. */
    JSONObject askCompany() throws Exception {
        JSONObject act = new JSONObject()
                .put("type", "urn:elicence:company-act")
                .put("credential_ids", new JSONArray().put("mandate"))
                .put("act", new JSONObject().put("power", "open-account").put("amount", 5_000_000));
        JSONObject check = send(
                "POST",
                verifier("/api/checks"),
                verifier,
                new JSONObject()
                        .put("tenant", "bank")
                        .put("check", "employee-may-act")
                        .put("transaction_data", new JSONArray().put(act)));
        send("POST", company("/" + COMPANY + "/requests"), null, new JSONObject().put("link", check.getString("link")));
        return check;
    }

    private String company(String path) throws JSONException {
        return addresses.getString("company_wallet") + path;
    }

    /** What an inspector's page makes of scanned frames. */
    JSONObject scanned(String who, List<byte[]> frames) throws Exception {
        JSONArray all = new JSONArray();
        for (byte[] frame : frames) {
            all.put(java.util.Base64.getEncoder().encodeToString(frame));
        }
        return send(
                "POST",
                verifier("/api/offline"),
                verifier,
                new JSONObject().put("tenant", who).put("frames", all));
    }

    /** Address of the signed list, and the key that signs it: what the portal's code says. */
    JSONObject trust() throws Exception {
        String address = verifier("/trust-snapshot/police");
        JSONObject answer = send("GET", address, null, null);
        return new JSONObject()
                .put("address", address)
                .put("key", answer.get("signed_by").toString());
    }

    /** What the police give an inspector with a reader: their signing key, its certificates, the signed list and its key. */
    Map<String, String> reader() throws Exception {
        JSONObject answer = send("GET", verifier("/trust-snapshot/police"), null, null);
        return Map.of(
                "key", Files.readString(folder.resolve("keys/police.jwk")),
                "chain", Files.readString(folder.resolve("certificates/police.pem")),
                "snapshot", answer.getString("snapshot"),
                "signed_by", answer.get("signed_by").toString());
    }

    private String issuer(String path) throws JSONException {
        return addresses.getString("issuer") + path;
    }

    private String verifier(String path) throws JSONException {
        return addresses.getString("verifier") + path;
    }

    private JSONObject send(String method, String address, @Nullable String token, @Nullable JSONObject body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + address + ": " + answer.statusCode() + " " + answer.body());
        }
        return new JSONObject(answer.body());
    }
}
