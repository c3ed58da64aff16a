package city.elicence.wallet.discover;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is offered, by whom, and by which authorization server it is allowed. The metadata are kept as they were when the
 * holder saw the offer: nobody can put another endpoint in their place later.
 */
public final class Offering {
    private static final String CONFIGURATIONS = "credential_configurations_supported";

    private final Party issuer;
    private final List<Configuration> offered;
    private final IssuerMetadata metadata;
    private final AuthorizationServer server;
    private final Map<String, Object> metadataJson;
    private final Map<String, Object> serverJson;

    private Offering(
            Party issuer,
            List<Configuration> offered,
            IssuerMetadata metadata,
            AuthorizationServer server,
            Map<String, Object> metadataJson,
            Map<String, Object> serverJson) {
        this.issuer = issuer;
        this.offered = List.copyOf(offered);
        this.metadata = metadata;
        this.server = server;
        this.metadataJson = metadataJson;
        this.serverJson = serverJson;
    }

    static Offering of(
            Party issuer,
            String issuerId,
            List<String> configurationIds,
            Map<String, Object> metadataJson,
            String serverId,
            Map<String, Object> serverJson)
            throws JsonException {
        Map<String, Object> trimmed = only(configurationIds, metadataJson);
        IssuerMetadata metadata = IssuerMetadata.read(trimmed, issuerId);
        List<Configuration> offered = new ArrayList<>();
        for (String id : configurationIds) {
            Configuration configuration = metadata.configurations().get(id);
            if (configuration == null) {
                throw new JsonException(CONFIGURATIONS + ": expected what was offered");
            }
            offered.add(configuration);
        }
        return new Offering(
                issuer, offered, metadata, AuthorizationServer.read(serverJson, serverId), trimmed, serverJson);
    }

    /** An issuer may publish hundreds of types; what was not offered is not kept. */
    private static Map<String, Object> only(List<String> ids, Map<String, Object> metadata) throws JsonException {
        Map<String, Object> all = Fields.of(metadata).object(CONFIGURATIONS);
        Map<String, Object> offered = new LinkedHashMap<>();
        for (String id : ids) {
            Object configuration = all.get(id);
            if (configuration != null) {
                offered.put(id, configuration);
            }
        }
        Map<String, Object> trimmed = new LinkedHashMap<>(metadata);
        trimmed.put(CONFIGURATIONS, offered);
        return trimmed;
    }

    public Party issuer() {
        return issuer;
    }

    public List<Configuration> offered() {
        return offered;
    }

    public IssuerMetadata metadata() {
        return metadata;
    }

    public AuthorizationServer server() {
        return server;
    }

    public Map<String, Object> toJson() {
        List<Object> ids = new ArrayList<>();
        for (Configuration configuration : offered) {
            ids.add(configuration.id());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", issuer.toJson());
        json.put("configurations", ids);
        json.put("metadata", metadataJson);
        json.put("server", serverJson);
        return json;
    }

    public static Offering fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return of(
                Party.fromJson(fields.object("issuer")),
                fields.fields("metadata").string("credential_issuer"),
                fields.strings("configurations"),
                fields.object("metadata"),
                fields.fields("server").string("issuer"),
                fields.object("server"));
    }
}
