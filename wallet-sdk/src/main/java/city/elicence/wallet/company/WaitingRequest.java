package city.elicence.wallet.company;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A request that waits at the company's wallet for its people.
 *
 * @param verifier who asks, by DID or client identifier
 * @param accredited whether the ledger vouches for them
 * @param acts what the company would sign for, each as the request has it
 * @param shown what would be disclosed
 * @param signedBy who has signed so far
 */
public record WaitingRequest(
        String id,
        String verifier,
        Words name,
        boolean accredited,
        List<String> acts,
        List<Shown> shown,
        List<String> signedBy) {
    public WaitingRequest {
        acts = List.copyOf(acts);
        shown = List.copyOf(shown);
        signedBy = List.copyOf(signedBy);
    }

    /** A licence, and the fields of it that would be seen. */
    public record Shown(Words card, List<Words> claims) {
        public Shown {
            claims = List.copyOf(claims);
        }
    }

    /**
     * An act in the words of the mandate.
     *
     * @param amountFen how much, where it is about money
     */
    public record Act(String power, OptionalLong amountFen) {}

    /** What the acts are; one that cannot be read is a reason not to sign. */
    public List<Act> actsRead() throws JsonException {
        List<Act> read = new ArrayList<>();
        for (String act : acts) {
            Fields inside = Fields.of(Json.parseObject(act)).fields("act");
            read.add(new Act(inside.string("power"), inside.optLong("amount")));
        }
        return read;
    }

    static List<WaitingRequest> all(Fields answer) throws JsonException {
        List<WaitingRequest> all = new ArrayList<>();
        for (Map<String, Object> each : answer.objects("requests")) {
            Fields asked = Fields.of(each);
            Fields request = asked.fields("request");
            List<Shown> shown = new ArrayList<>();
            for (Map<String, Object> question : request.objects("questions")) {
                shown.addAll(suggested(Fields.of(question), request.fields("suggested")));
            }
            all.add(new WaitingRequest(
                    asked.string("id"),
                    asked.string("verifier"),
                    Words.fromJson(asked.object("name")),
                    request.fields("verifier").bool("accredited"),
                    request.strings("transactions"),
                    shown,
                    asked.strings("signed_by")));
        }
        return all;
    }

    private static List<Shown> suggested(Fields question, Fields suggested) throws JsonException {
        List<String> picked = suggested.optStrings(question.string("id")).orElse(List.of());
        List<Shown> shown = new ArrayList<>();
        for (Map<String, Object> each : question.objects("matches")) {
            Fields match = Fields.of(each);
            Fields card = match.fields("card");
            if (picked.contains(card.string("id"))) {
                List<Words> claims = new ArrayList<>();
                for (Map<String, Object> claim : match.objects("disclosed")) {
                    claims.add(Words.fromJson(Fields.of(claim).object("label")));
                }
                shown.add(new Shown(Words.fromJson(card.object("name")), claims));
            }
        }
        return shown;
    }
}
