package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What people are to sign for in a company's name, as the verifier names it in {@code transaction_data}:
 * {@code {"type": "urn:elicence:company-act", "credential_ids": ["mandate"], "act": {"power": "open-account", "amount": 100}}}.
 *
 * @param power one of the powers that mandates name
 * @param amountFen what it is about, empty where no money is
 */
public record CompanyAct(String power, OptionalLong amountFen) {
    /** Whether this is a transaction of that type. */
    public static boolean is(Map<String, Object> transaction) {
        return Mandates.ACT.equals(transaction.get("type"));
    }

    public static CompanyAct fromJson(Map<String, Object> transaction) throws JsonException {
        Fields act = Fields.of(transaction).fields("act");
        OptionalLong amount = act.optLong("amount");
        if (amount.isPresent() && amount.getAsLong() < 0) {
            throw new JsonException("act.amount: expected fen, not less than none");
        }
        return new CompanyAct(act.string("power"), amount);
    }

    public static CompanyAct parse(String transaction) throws JsonException {
        return fromJson(Json.parseObject(transaction));
    }
}
