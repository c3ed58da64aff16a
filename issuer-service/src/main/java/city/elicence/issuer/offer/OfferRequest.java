package city.elicence.issuer.offer;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.store.Rows;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A clerk's order: these licences, with these claims, for whoever holds the offer.
 *
 * @param licences at least one
 * @param grant how the wallet will be authorised
 * @param txCode whether a transaction code is wanted with the pre-authorised code, told to the citizen by another way
 * @param readyIn how long until the licences may be issued; zero for at once, more for deferred issuance
 */
public record OfferRequest(List<Licence> licences, Grant grant, boolean txCode, Duration readyIn) {
    /** Most licences in one offer. */
    public static final int MAX_LICENCES = 20;

    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    /** How a wallet is authorised (OpenID4VCI 1.0 §4.1.1). */
    public enum Grant {
        /** By the code in the offer. */
        PRE_AUTHORIZED,
        /** By the citizen signing in. */
        AUTHORIZATION
    }

    /**
     * One licence to be.
     *
     * @param holder number of the one whose wallet it is for, where that is not the one whom the claims name; or null
     * @param formats in which it is offered
     * @param secrets what an earlier licence was used once with and this one is too; nobody enters them
     */
    public record Licence(
            String type,
            Map<String, Object> claims,
            @Nullable String holder,
            Map<String, Object> secrets,
            List<Format> formats) {
        public Licence {
            formats = List.copyOf(formats);
            if (formats.isEmpty() || Set.copyOf(formats).size() != formats.size()) {
                throw new IllegalArgumentException("formats: expected one or more, each once");
            }
        }

        /** The same in the formats of a licence that was ordered before. */
        public Licence as(Row ordered) {
            try {
                return new Licence(type, claims, holder, secrets, identified(Rows.strings(ordered, "formats")));
            } catch (JsonException unreadable) {
                throw new IllegalStateException("the formats of a licence do not read", unreadable);
            }
        }

        /** The same for another wallet's holder. */
        public Licence heldBy(String number) {
            return new Licence(type, claims, number, secrets, formats);
        }

        /** As SD-JWT VC alone. */
        public Licence(String type, Map<String, Object> claims, @Nullable String holder, Map<String, Object> secrets) {
            this(type, claims, holder, secrets, List.of(Format.SD_JWT_VC));
        }
    }

    private static List<Format> formats(Fields licence) throws JsonException {
        return identified(licence.optStrings("formats").orElse(List.of(Format.SD_JWT_VC.identifier())));
    }

    private static List<Format> identified(List<String> identifiers) throws JsonException {
        List<Format> formats = new ArrayList<>();
        for (String identifier : identifiers) {
            formats.add(Format.identifiedBy(identifier)
                    .orElseThrow(() -> new JsonException("formats: expected dc+sd-jwt, mso_mdoc or both")));
        }
        return formats;
    }

    /** An order as the API takes it. */
    public static OfferRequest read(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        List<Licence> ordered = new ArrayList<>();
        for (Map<String, Object> licence : fields.objects("licences")) {
            Fields of = Fields.of(licence);
            ordered.add(new Licence(
                    of.string("type"), of.object("claims"), of.optString("for").orElse(null), Map.of(), formats(of)));
        }
        Grant grant = switch (fields.optString("grant").orElse("pre-authorized")) {
            case "pre-authorized" -> Grant.PRE_AUTHORIZED;
            case "authorization" -> Grant.AUTHORIZATION;
            default -> throw new IllegalArgumentException("grant: expected pre-authorized or authorization");
        };
        Duration readyIn = Duration.ofSeconds(fields.optLong("ready_in_seconds").orElse(0));
        return new OfferRequest(ordered, grant, fields.flag("tx_code"), readyIn);
    }

    /** An order of one licence, ready at once, fetched with the code in the offer. */
    static OfferRequest ofOne(Licence licence) {
        return new OfferRequest(List.of(licence), Grant.PRE_AUTHORIZED, false, Duration.ZERO);
    }

    public OfferRequest {
        licences = List.copyOf(licences);
        if (licences.isEmpty() || licences.size() > MAX_LICENCES) {
            throw new IllegalArgumentException("an offer has 1 to " + MAX_LICENCES + " licences");
        }
        if (readyIn.isNegative() || readyIn.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("a licence waits at most " + LONGEST_WAIT.toDays() + " days");
        }
        if (txCode && grant != Grant.PRE_AUTHORIZED) {
            throw new IllegalArgumentException("a transaction code goes with a pre-authorised code");
        }
    }
}
