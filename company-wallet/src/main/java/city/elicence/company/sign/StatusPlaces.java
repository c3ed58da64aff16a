package city.elicence.company.sign;

import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A company's token status list: signed by the company's own key when it is asked for, so that what was taken back a moment ago is in
 * it. A place once drawn is never used again.
 */
public final class StatusPlaces {
    /** Places of one company's list: some thousands of mandates and consents in its life. */
    public static final int SIZE = 1 << 15;

    private static final Duration VALID = Duration.ofMinutes(5);
    private static final Duration TTL = Duration.ofSeconds(2);
    private static final int TRIES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tables tables;
    private final CompanyKeys keys;
    private final Supplier<URI> base;
    private final Clock clock;
    private final Map<String, Signed> latest = new ConcurrentHashMap<>();

    /**
     * The lists of all companies of a service.
     *
     * @param base the service's own address, known once it listens
     */
    public StatusPlaces(Tables tables, CompanyKeys keys, Supplier<URI> base, Clock clock) {
        this.tables = tables;
        this.keys = keys;
        this.base = base;
        this.clock = clock;
    }

    private record Signed(String token, Instant at) {}

    /** A free place, at random: an index tells nothing of how many there are. */
    public int draw(Tables within, String company) {
        for (int i = 0; i < TRIES; i++) {
            int place = RANDOM.nextInt(SIZE);
            if (within.change(
                            "insert into status_place (company, place) values ($1, $2) on conflict do nothing",
                            company,
                            place)
                    == 1) {
                return place;
            }
        }
        throw new Refused(new Refused.Reason.Conflict("list-full", "the company's status list has no place left"));
    }

    public StatusReference reference(String company, int place) {
        return new StatusReference(address(company), place);
    }

    /** Takes back what has this place, at once and for good. Tells whether it was in force. */
    public boolean revoke(Tables within, String company, int place) {
        boolean changed = within.change(
                        "update status_place set revoked_at = $3 where company = $1 and place = $2 and revoked_at is null",
                        company,
                        place,
                        clock.instant())
                == 1;
        latest.remove(company);
        return changed;
    }

    /** The token as of now; one signed within this second is as good. */
    public String token(String company) {
        Instant now = clock.instant();
        Signed known = latest.get(company);
        if (known != null && known.at().getEpochSecond() == now.getEpochSecond()) {
            return known.token();
        }
        CompanyKeys.Bound bound = keys.company(company);
        StatusList list = StatusList.ofSize(1, SIZE);
        for (Row row :
                tables.all("select place from status_place where company = $1 and revoked_at is not null", company)) {
            list.set(row.getInteger("place"), StatusList.INVALID);
        }
        URI address = address(company);
        String token = StatusListToken.signByHolder(
                list, new StatusListToken.Terms(address, now, VALID, TTL, address), bound.key());
        latest.put(company, new Signed(token, now));
        return token;
    }

    private URI address(String company) {
        return URI.create(base.get() + "/" + company + "/status");
    }
}
