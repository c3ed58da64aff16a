package city.elicence.verifier.http;

import city.elicence.credentials.staff.StaffRole;
import city.elicence.verifier.tenant.BackEnds;
import city.elicence.web.HttpRefusal;
import city.elicence.web.Staff;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may call the API: staff, by the city's own door, or a relying party's back end with its secret (RFC 6750). */
final class SignIn {
    private static final String BEARER = "Bearer ";

    private final StaffDoor door;
    private final BackEnds backEnds;

    SignIn(StaffDoor door, BackEnds backEnds) {
        this.door = door;
        this.backEnds = backEnds;
    }

    /** Someone who may check licences and read what was shown. */
    Caller asker(RoutingContext ctx) {
        return caller(ctx, StaffRole.VERIFIER, StaffRole.ADMIN);
    }

    /** Someone who may see which checks there were. */
    Caller reader(RoutingContext ctx) {
        return caller(ctx, StaffRole.VERIFIER, StaffRole.AUDITOR, StaffRole.ADMIN);
    }

    /** Someone who may let relying parties' back ends in. */
    Caller admin(RoutingContext ctx) {
        return staff(ctx, StaffRole.ADMIN);
    }

    /** Someone who may change what holds for every relying party. */
    Caller adminOfWholeCity(RoutingContext ctx) {
        return new Caller(
                "staff:" + door.requireOfWholeCity(ctx, StaffRole.ADMIN).subject(), null);
    }

    private Caller caller(RoutingContext ctx, StaffRole... roles) {
        String secret = backEndSecret(ctx.request().getHeader("Authorization"));
        if (secret == null) {
            return staff(ctx, roles);
        }
        return backEnds.holder(secret)
                .map(holder -> new Caller("back-end:" + holder.label(), holder.tenant()))
                .orElseThrow(() -> new HttpRefusal(
                        401,
                        "invalid_token",
                        "the back end's secret is unknown or was withdrawn",
                        Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""),
                        Map.of()));
    }

    private Caller staff(RoutingContext ctx, StaffRole... roles) {
        Staff staff = door.require(ctx, roles);
        return new Caller("staff:" + staff.subject(), staff.office());
    }

    private static @Nullable String backEndSecret(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = authorization.substring(BEARER.length()).trim();
        return token.startsWith(BackEnds.PREFIX) ? token : null;
    }
}
