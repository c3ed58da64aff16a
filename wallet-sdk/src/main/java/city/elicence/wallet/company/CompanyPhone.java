package city.elicence.wallet.company;

import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.KeyStore.KeyNotReleased;
import city.elicence.wallet.port.KeyStore.KeyUse;
import city.elicence.wallet.port.WalletParts;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A phone as the pen of one of a company's people: it sees what waits at the company's wallet, and says yes or no with a key of its
 * own. To look takes a token that the wallet service gave; to decide takes the holder's finger, each time.
 */
public final class CompanyPhone {
    private static final String RECORD = "company-phone";
    private static final Refusal SPEAKS_NO_MORE = new Refusal(
            "phone-not-known",
            new Words("本机已不能代表该企业。", "This phone no longer speaks for the company."),
            new Words("请在企业钱包页面重新添加本机。", "Add it again on the company wallet’s page."),
            "the token is not, or no longer, known");

    private final WalletParts parts;
    private final Exchange exchange;

    public CompanyPhone(WalletParts parts) {
        this.parts = parts;
        this.exchange = new Exchange(parts.http());
    }

    /** For whom this phone speaks. */
    public record Seat(Words company, String person) {}

    private record Paired(String audience, String id, String token, String key, Seat seat) {
        String write() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("audience", audience);
            json.put("id", id);
            json.put("token", token);
            json.put("key", key);
            json.put("company", seat.company().toJson());
            json.put("person", seat.person());
            return Json.write(json);
        }

        static Paired read(Fields json) throws JsonException {
            return new Paired(
                    json.string("audience"),
                    json.string("id"),
                    json.string("token"),
                    json.string("key"),
                    new Seat(Words.fromJson(json.object("company")), json.string("person")));
        }
    }

    /** Null where the phone speaks for nobody. */
    public @Nullable Seat seat() throws IOException {
        Paired paired = paired();
        return paired == null ? null : paired.seat();
    }

    /** Makes a key and gives its public half to the company's wallet, with the code that its page shows. */
    public Outcome<Seat> pair(CompanyLink link) {
        String alias = "company-" + UUID.randomUUID();
        return outcome(() -> {
            SigningKey key = parts.keys().create(alias, KeyUse.HOLDER);
            boolean kept = false;
            try {
                String proof = PairingProof.sign(
                        link.audience(), link.code(), key, parts.clock().instant());
                Fields answer = post(link.audience() + "/phones", Map.of("proof", proof), Map.of());
                Paired paired = new Paired(
                        link.audience(),
                        answer.string("id"),
                        answer.string("token"),
                        alias,
                        new Seat(Words.fromJson(answer.object("company")), answer.string("person")));
                forget();
                parts.store().put(RECORD, paired.write());
                kept = true;
                return paired.seat();
            } finally {
                if (!kept) {
                    parts.keys().delete(alias);
                }
            }
        });
    }

    /** What waits for a decision, newest first. */
    public Outcome<List<WaitingRequest>> waiting() {
        return outcome(() -> {
            Paired paired = required();
            return WaitingRequest.all(post(paired.audience() + "/phone/requests", Map.of(), bearer(paired)));
        });
    }

    /** Signs yes or no to what was read. True where the request is decided by it, false where others must sign too. */
    public Outcome<Boolean> decide(WaitingRequest request, boolean agreed) {
        return outcome(() -> {
            Paired paired = required();
            SigningKey key = parts.keys().open(paired.key());
            if (key == null) {
                throw new RefusedException(Reason.NOT_FOUND, "the key that speaks for the company is gone");
            }
            String word = new PhoneWord(
                            paired.audience(),
                            paired.id(),
                            request.id(),
                            agreed,
                            request.verifier(),
                            request.acts(),
                            parts.clock().instant())
                    .sign(key);
            Fields answer = post(paired.audience() + "/phone/decisions", Map.of("word", word), bearer(paired));
            return !answer.string("state").equals("waiting");
        });
    }

    /** Speaks for nobody any more: the key and the token are gone. The company's wallet is told by its own page. */
    public void forget() throws IOException {
        Paired paired = paired();
        if (paired != null) {
            parts.keys().delete(paired.key());
            parts.store().delete(RECORD);
        }
    }

    private @Nullable Paired paired() throws IOException {
        String kept = parts.store().get(RECORD);
        try {
            return kept == null ? null : Paired.read(Fields.parse(kept));
        } catch (JsonException unreadable) {
            throw new IOException("the record of the company cannot be read", unreadable);
        }
    }

    private Paired required() throws IOException, RefusedException {
        Paired paired = paired();
        if (paired == null) {
            throw new RefusedException(Reason.NOT_FOUND, "this phone speaks for no company");
        }
        return paired;
    }

    private static Map<String, String> bearer(Paired paired) {
        return Map.of("Authorization", "Bearer " + paired.token());
    }

    private Fields post(String address, Map<String, Object> body, Map<String, String> headers)
            throws RefusedException, JsonException {
        URI uri = SafeUri.of(address);
        if (uri == null) {
            throw new RefusedException(Reason.NETWORK, "not an address that a wallet talks to");
        }
        HttpReply reply = exchange.post(uri, "application/json", Json.write(body), headers);
        if (reply.status() == 401) {
            // Java's HTTP keeps the body of this answer to itself.
            throw new RefusedException(SPEAKS_NO_MORE);
        }
        Fields answer = Fields.parse(reply.body());
        if (!reply.ok()) {
            throw new RefusedException(told(answer));
        }
        return answer;
    }

    /** The service's own words for people where it has any. */
    private static Refusal told(Fields answer) throws JsonException {
        String code = answer.optString("code").orElse(answer.string("error"));
        if (answer.optObject("refusal").isPresent()) {
            Fields refusal = answer.fields("refusal");
            return new Refusal(
                    refusal.string("code"),
                    Words.fromJson(refusal.object("sentence")),
                    Words.fromJson(refusal.object("next_step")),
                    code);
        }
        String said = answer.optString("error_description").orElse(code);
        return new Refusal(
                code,
                new Words("企业钱包没有接受：" + said, "The company’s wallet did not take it: " + said),
                new Words("请刷新列表。", "Refresh the list."),
                code);
    }

    private interface Step<T> {
        T run() throws IOException, JsonException, RefusedException;
    }

    private static <T> Outcome<T> outcome(Step<T> step) {
        try {
            return new Outcome.Done<>(step.run());
        } catch (RefusedException refused) {
            return new Outcome.Refused<>(refused.refusal());
        } catch (KeyNotReleased notConfirmed) {
            return new Outcome.Refused<>(Reason.KEY_NOT_RELEASED.refusal(String.valueOf(notConfirmed.getMessage())));
        } catch (JsonException unreadable) {
            return new Outcome.Refused<>(
                    Reason.NETWORK.refusal("an answer that cannot be read: " + unreadable.getMessage()));
        } catch (IOException unkept) {
            return new Outcome.Refused<>(Reason.STORE.refusal(unkept.getClass().getSimpleName()));
        }
    }
}
