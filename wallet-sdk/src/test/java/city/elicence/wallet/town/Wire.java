package city.elicence.wallet.town;

import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.HttpTransport;
import city.elicence.wallet.port.UrlTransport;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real transport, which writes down all that leaves, and dies when it is told to. */
public final class Wire implements HttpTransport {
    /** The process is killed: nothing after this runs, not even a catch of what can be expected. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What happens to one call. */
    public enum Fate {
        LOST_BEFORE,
        LOST_AFTER,
        KILLED_BEFORE,
        KILLED_AFTER
    }

    private final HttpTransport real = new UrlTransport();
    private final List<HttpCall> calls = new ArrayList<>();
    private final Map<URI, HttpReply> elsewhere = new HashMap<>();
    private int fateAt = -1;
    private Fate fate = Fate.LOST_BEFORE;

    /** The call with this number, counted from zero and from now, meets its fate. */
    public void meet(int call, Fate what) {
        fateAt = calls.size() + call;
        fate = what;
    }

    /** What a host outside the town answers at an address. */
    public void elsewhere(String address, HttpReply reply) {
        elsewhere.put(URI.create(address), reply);
    }

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        int number = calls.size();
        calls.add(call);
        boolean now = number == fateAt;
        if (now && fate == Fate.LOST_BEFORE) {
            throw new IOException("lost before it arrived");
        }
        if (now && fate == Fate.KILLED_BEFORE) {
            throw new Killed();
        }
        HttpReply outside = elsewhere.get(call.uri());
        HttpReply reply = outside != null ? outside : real.send(call);
        if (now && fate == Fate.LOST_AFTER) {
            throw new IOException("lost on the way back");
        }
        if (now && fate == Fate.KILLED_AFTER) {
            throw new Killed();
        }
        return reply;
    }

    public List<HttpCall> calls() {
        return calls;
    }

    /** Every byte that left, in clear. */
    public String everything() {
        StringBuilder all = new StringBuilder();
        for (HttpCall call : calls) {
            all.append(call.method()).append(' ').append(call.uri()).append('\n');
            call.headers()
                    .forEach((name, value) ->
                            all.append(name).append(": ").append(value).append('\n'));
            all.append(call.body()).append('\n');
        }
        return all.toString();
    }
}
