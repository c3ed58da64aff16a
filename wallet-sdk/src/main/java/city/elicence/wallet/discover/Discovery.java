package city.elicence.wallet.discover;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.verify.party.VerifiedParty;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.party.Vouching;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the text of a QR code to an {@link Offering}: OpenID4VCI sections 4.1 and 12.2, RFC 8414. */
public final class Discovery {
    private static final int LONGEST_OFFER = 16 * 1024;
    private static final int MOST_SERVERS = 5;
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String SIGNED_TYPE = "openidvci-issuer-metadata+jwt";

    private final Exchange exchange;
    private final Vouching vouching;
    private final Clock clock;

    public Discovery(Exchange exchange, Vouching vouching, Clock clock) {
        this.exchange = exchange;
        this.vouching = vouching;
        this.clock = clock;
    }

    /** Whatever the scheme: custom ones, and https links that open the wallet, differ in nothing else. */
    public CredentialOffer offer(String text) throws RefusedException {
        Map<String, String> query = text.length() > LONGEST_OFFER ? null : Form.queryOf(text.trim());
        if (query == null) {
            throw new RefusedException(Reason.OFFER_UNREADABLE, "expected a link with an offer");
        }
        String byValue = query.get("credential_offer");
        String byReference = query.get("credential_offer_uri");
        if ((byValue == null) == (byReference == null)) {
            // Section 4.1: the one or the other, never both.
            throw new RefusedException(
                    Reason.OFFER_UNREADABLE, "expected credential_offer or credential_offer_uri, and not both");
        }
        try {
            return CredentialOffer.parse(byValue != null ? byValue : referred(byReference));
        } catch (JsonException e) {
            throw new RefusedException(Reason.OFFER_UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private String referred(@Nullable String reference) throws RefusedException {
        URI uri = SafeUri.of(reference);
        if (uri == null) {
            throw new RefusedException(Reason.OFFER_UNREADABLE, "credential_offer_uri: expected an https address");
        }
        HttpReply reply = exchange.get(uri, "application/json");
        if (!reply.ok()) {
            throw new RefusedException(Reason.OFFER_NOT_HONOURED, "the offer's address answered " + reply.status());
        }
        return reply.body();
    }

    public Offering offering(CredentialOffer offer) throws RefusedException {
        String issuerId = offer.issuer();
        try {
            Found found = issuer(issuerId);
            IssuerMetadata metadata = IssuerMetadata.read(found.json(), issuerId);
            Server server = server(offer, metadata);
            VerifiedParty signer = found.signer();
            Party party =
                    signer == null ? Party.unproven(issuerId, metadata.name()) : Vouching.accredited(issuerId, signer);
            return Offering.of(party, issuerId, offer.configurationIds(), found.json(), server.id(), server.json());
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Issuer metadata, and who signed them, null where nobody did whom the wallet can trust. */
    private record Found(Map<String, Object> json, @Nullable VerifiedParty signer) {}

    private Found issuer(String issuerId) throws RefusedException, JsonException {
        URI address = WellKnown.credentialIssuer(issuerId);
        HttpReply reply = exchange.get(address, "application/jwt, application/json;q=0.5");
        if (reply.ok() && reply.mediaType().equals("application/jwt")) {
            Jws signed = signedMetadata(reply.body().trim(), issuerId);
            VerifiedParty signer = vouching.signerOf(signed);
            if (signer != null) {
                return new Found(claims(signed), signer);
            }
            // Section 12.2.3: signed metadata of a signer that is not trusted MUST be rejected; the plain ones remain.
            reply = exchange.get(address, "application/json");
        }
        if (!reply.ok()) {
            throw new RefusedException(
                    Reason.ISSUER_METADATA_INVALID, "the issuer's metadata address answered " + reply.status());
        }
        return new Found(Json.parseObject(reply.body()), null);
    }

    private Jws signedMetadata(String jwt, String issuerId) throws RefusedException {
        try {
            Jws signed = Jws.parse(jwt);
            Fields claims = Fields.of(signed.claims());
            Instant now = clock.instant();
            boolean current = !claims.instant("iat").isAfter(now.plus(SKEW))
                    && !claims.optInstant("exp").orElse(Instant.MAX).isBefore(now.minus(SKEW));
            if (!signed.type().orElse("").equals(SIGNED_TYPE)
                    || !claims.string("sub").equals(issuerId)
                    || !current) {
                throw new RefusedException(
                        Reason.ISSUER_METADATA_INVALID, "expected current signed metadata about " + issuerId);
            }
            return signed;
        } catch (JoseException | JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> claims(Jws signed) throws JsonException {
        try {
            return signed.claims();
        } catch (JoseException e) {
            throw new JsonException("signed metadata: expected a JSON object", e);
        }
    }

    private record Server(String id, Map<String, Object> json) {}

    /** Section 4.1.1 and 12.2.4: a server that the issuer does not list is not asked, whatever the offer says. */
    private Server server(CredentialOffer offer, IssuerMetadata metadata) throws RefusedException, JsonException {
        List<String> listed = metadata.authorizationServers();
        String named = offer.authorizationServer();
        if (named != null && !listed.contains(named)) {
            throw new RefusedException(
                    Reason.ISSUER_MISMATCH, "the offer names an authorization server that its issuer does not list");
        }
        if (named != null || listed.isEmpty()) {
            String id = named != null ? named : metadata.issuer();
            return new Server(id, server(id));
        }
        Server first = null;
        for (String id : listed.subList(0, Math.min(MOST_SERVERS, listed.size()))) {
            Server candidate = new Server(id, server(id));
            if (AuthorizationServer.read(candidate.json(), id).grants().contains(offer.grant())) {
                return candidate;
            }
            first = first == null ? candidate : first;
        }
        if (first == null) {
            throw new JsonException("authorization_servers: expected one");
        }
        // None says that it takes the grant; a server may leave out what it says of that.
        return first;
    }

    private Map<String, Object> server(String serverId) throws RefusedException, JsonException {
        if (SafeUri.of(serverId) == null) {
            throw new JsonException("authorization_servers: expected https addresses");
        }
        HttpReply reply = exchange.get(WellKnown.authorizationServer(serverId), "application/json");
        if (reply.status() == 404) {
            reply = exchange.get(WellKnown.openIdProvider(serverId), "application/json");
        }
        if (!reply.ok()) {
            throw new RefusedException(
                    Reason.ISSUER_METADATA_INVALID,
                    "the authorization server's metadata address answered " + reply.status());
        }
        return Json.parseObject(reply.body());
    }
}
