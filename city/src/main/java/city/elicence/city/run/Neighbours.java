package city.elicence.city.run;

import city.elicence.city.setup.Party;
import city.elicence.company.receipt.Receipts;
import city.elicence.company.statement.LogHeads;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.LogHead;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the company wallet reaches beyond itself: the ledger, for the heads of its log, and the parties' mailboxes for receipts. */
final class Neighbours implements LogHeads, Receipts.Mail, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ledger ledger;
    private final LedgerSigner provider;
    private final Map<String, URI> mailboxes;

    private Neighbours(Ledger ledger, LedgerSigner provider, Map<String, URI> mailboxes) {
        this.ledger = ledger;
        this.provider = provider;
        this.mailboxes = Map.copyOf(mailboxes);
    }

    /** Every party takes receipts at the verifier service. */
    static Neighbours of(Ledger ledger, Party provider, List<Party> parties, URI verifier) {
        Map<String, URI> mailboxes = new HashMap<>();
        parties.forEach(party -> mailboxes.put(party.did().value(), URI.create(verifier + "/receipts/" + party.id())));
        return new Neighbours(ledger, provider.ledgerKey(), mailboxes);
    }

    @Override
    public boolean put(LogHead head) {
        try {
            Optional<LogHead> there = ledger.logHead(head.did());
            if (there.filter(h -> h.size() == head.size() && h.root().equals(head.root()))
                    .isPresent()) {
                return true;
            }
        } catch (LedgerException unreachable) {
            return false;
        }
        return switch (ledger.putLogHead(head, provider)) {
            case WriteOutcome.Done done -> true;
            case WriteOutcome.Refused refused -> false;
            case WriteOutcome.Unknown unknown -> false;
        };
    }

    @Override
    public @Nullable URI mailbox(String did) {
        return mailboxes.get(did);
    }

    @Override
    public @Nullable Map<String, Object> post(URI mailbox, Map<String, Object> body) {
        HttpRequest request = HttpRequest.newBuilder(mailbox)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Json.parseObject(answer.body()) : null;
        } catch (IOException | JsonException unreachable) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
