package city.elicence.node.read;

import city.elicence.node.books.Committed;
import city.elicence.node.request.AuthAction;
import city.elicence.node.request.Authorization;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.TxnType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** GET_VALIDATOR_INFO: how the node is, for those whose role lets them ask. */
public final class ValidatorInfo {
    private final String alias;
    private final int clientPort;
    private final Clock clock;
    private final Instant started;

    public ValidatorInfo(String alias, int clientPort, Clock clock) {
        this.alias = alias;
        this.clientPort = clientPort;
        this.clock = clock;
        this.started = clock.instant();
    }

    Map<String, Object> info(Request request, Committed world) throws Refusal {
        new Authorization(request, world.state()).require(AuthAction.add(TxnType.VALIDATOR_INFO, true));
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("pool", world.poolSize());
        counts.put("ledger", world.domainSize());
        counts.put("config", world.configSize());
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("uptime", clock.instant().getEpochSecond() - started.getEpochSecond());
        metrics.put("transaction-count", counts);
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("Name", alias);
        node.put("Mode", "participating");
        node.put("Client_port", (long) clientPort);
        node.put("Metrics", metrics);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("alias", alias);
        data.put("timestamp", clock.instant().getEpochSecond());
        data.put("response-version", "0.0.1");
        data.put("Software", Map.of("ledger-node", "e-licence embedded node, one operator"));
        data.put("Node_info", node);
        return new LinkedHashMap<>(Map.of("data", data));
    }
}
