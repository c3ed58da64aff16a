package city.elicence.city.bench;

import city.elicence.city.setup.Party;
import city.elicence.company.dossier.DossierQuery;
import city.elicence.company.keep.Company;
import city.elicence.credentials.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A bank that asks dossiers by reference, one question after another, each of a consignment at random. */
final class Questions {
    private final HttpClient http = HttpClient.newHttpClient();
    private final SecureRandom random = new SecureRandom();
    private final URI base;
    private final Party bank;
    private final List<Company> companies;
    private final long consignments;

    Questions(URI base, Party bank, List<Company> companies, long consignments) {
        this.base = base;
        this.bank = bank;
        this.companies = List.copyOf(companies);
        this.consignments = consignments;
    }

    /** How long each took, in nanoseconds, the shortest first; fails where an answer is not whole. */
    List<Long> ask(int times) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try {
            for (int i = 0; i < times; i++) {
                long consignment = random.nextLong(consignments);
                HttpRequest question = question(consignment);
                long begun = System.nanoTime();
                HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
                nanos.add(System.nanoTime() - begun);
                int shown = answer.body().split("\"eyJ", -1).length - 1;
                if (answer.statusCode() != 200 || shown != MadeDocuments.TYPES.size()) {
                    throw new IOException(
                            "an answer with HTTP " + answer.statusCode() + " and " + shown + " documents");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Collections.sort(nanos);
        return nanos;
    }

    private HttpRequest question(long consignment) {
        Company company = companies.get((int) (consignment % companies.size()));
        URI dossier = URI.create(base + "/" + company.id() + "/dossier");
        String query = DossierQuery.sign(
                bank.signingKey(),
                bank.chain().toX5c(),
                dossier,
                UUID.randomUUID().toString(),
                BulkLoad.reference(consignment),
                Instant.now());
        return HttpRequest.newBuilder(dossier)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of("query", query))))
                .build();
    }
}
