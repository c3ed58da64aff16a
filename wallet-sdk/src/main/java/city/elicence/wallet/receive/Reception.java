package city.elicence.wallet.receive;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.client.AccessToken;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.discover.Offering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An accepted offer on its way to becoming cards. It is written down before each remote call, so that whoever finds it
 * after a crash knows what may have been asked, and can ask it again with the same keys.
 *
 * @param grant how the token is had; null while the holder still has to sign in
 * @param signIn what ties the browser's answer to this reception, null where nobody signs in
 * @param token null until the issuer has given one
 */
record Reception(
        String id,
        Instant since,
        Offering offering,
        boolean strangersAccepted,
        int copies,
        @Nullable Grant grant,
        @Nullable SignInState signIn,
        @Nullable AccessToken token,
        List<Order> orders) {
    Reception {
        orders = List.copyOf(orders);
    }

    /** A code to exchange for a token, pre-authorised or from a sign-in; with the transaction code where there is one. */
    record Grant(
            boolean preAuthorised, String code, @Nullable String txCode) {}

    /** RFC 6749 section 10.12 and RFC 7636. */
    record SignInState(
            String state, String codeVerifier, @Nullable String issuerState) {}

    PendingReceipt.Step step() {
        if (token == null) {
            return grant == null ? PendingReceipt.Step.SIGNING_IN : PendingReceipt.Step.ACCEPTED;
        }
        PendingReceipt.Step step = PendingReceipt.Step.STORED;
        for (Order order : orders) {
            if (order.state() == Order.State.OPEN) {
                return PendingReceipt.Step.ALLOWED;
            }
            step = order.state() == Order.State.DEFERRED ? PendingReceipt.Step.DEFERRED : step;
        }
        return step;
    }

    /** The alias of the key that tokens are bound to. */
    String clientKey() {
        return id + "-client";
    }

    /** The alias of the key for one copy of one licence: the same whenever it is asked for again. */
    String holderKey(int order, int copy) {
        return id + "-" + order + "-" + copy;
    }

    Configuration configuration(int order) {
        String wanted = orders.get(order).configurationId();
        for (Configuration configuration : offering.offered()) {
            if (configuration.id().equals(wanted)) {
                return configuration;
            }
        }
        throw new IllegalStateException("an order for what was not offered");
    }

    /** How many copies to ask for: no more than the issuer gives at once, and one where there is no key to bind to. */
    int copiesOf(int order) {
        return configuration(order).bound()
                ? Math.min(copies, offering.metadata().batchSize())
                : 1;
    }

    /** The card that an order becomes: the same whenever it arrives again. */
    String cardId(int order) {
        return id + "-" + order;
    }

    Reception granted(Grant given) {
        return new Reception(id, since, offering, strangersAccepted, copies, given, signIn, token, orders);
    }

    /** The grant is spent; the orders are those that the token allows. */
    Reception allowed(AccessToken given, List<Order> allowed) {
        return new Reception(id, since, offering, strangersAccepted, copies, null, null, given, allowed);
    }

    Reception refreshed(AccessToken given) {
        return new Reception(id, since, offering, strangersAccepted, copies, grant, signIn, given, orders);
    }

    Reception with(int position, Order order) {
        List<Order> changed = new ArrayList<>(orders);
        changed.set(position, order);
        return new Reception(id, since, offering, strangersAccepted, copies, grant, signIn, token, changed);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("since", since.toString());
        json.put("offering", offering.toJson());
        json.put("strangers", strangersAccepted);
        json.put("copies", (long) copies);
        if (grant != null) {
            Map<String, Object> given = new LinkedHashMap<>();
            given.put("pre_authorised", grant.preAuthorised());
            given.put("code", grant.code());
            Order.put(given, "tx_code", grant.txCode());
            json.put("grant", given);
        }
        if (signIn != null) {
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("state", signIn.state());
            state.put("verifier", signIn.codeVerifier());
            Order.put(state, "issuer_state", signIn.issuerState());
            json.put("sign_in", state);
        }
        if (token != null) {
            json.put("token", token.toJson());
        }
        List<Object> all = new ArrayList<>();
        for (Order order : orders) {
            all.add(order.toJson());
        }
        json.put("orders", all);
        return json;
    }

    static Reception fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        List<Order> orders = new ArrayList<>();
        for (Map<String, Object> order : fields.objects("orders")) {
            orders.add(Order.fromJson(order));
        }
        Optional<Map<String, Object>> token = fields.optObject("token");
        return new Reception(
                fields.string("id"),
                fields.time("since"),
                Offering.fromJson(fields.object("offering")),
                fields.bool("strangers"),
                (int) fields.longValue("copies"),
                fields.has("grant") ? grant(fields.fields("grant")) : null,
                fields.has("sign_in") ? signIn(fields.fields("sign_in")) : null,
                token.isPresent() ? AccessToken.fromJson(token.get()) : null,
                orders);
    }

    private static Grant grant(Fields fields) throws JsonException {
        return new Grant(
                fields.bool("pre_authorised"),
                fields.string("code"),
                fields.optString("tx_code").orElse(null));
    }

    private static SignInState signIn(Fields fields) throws JsonException {
        return new SignInState(
                fields.string("state"),
                fields.string("verifier"),
                fields.optString("issuer_state").orElse(null));
    }

    /** Never the contents: codes and tokens. */
    @Override
    public String toString() {
        return "Reception[" + id + " " + step() + "]";
    }
}
