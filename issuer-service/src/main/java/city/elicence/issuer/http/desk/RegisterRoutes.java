package city.elicence.issuer.http.desk;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.issuer.citizen.Citizen;
import city.elicence.issuer.citizen.CounterSignIn;
import city.elicence.issuer.client.Clients;
import city.elicence.issuer.http.Exchange;
import city.elicence.issuer.registry.CitizenRegister;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What staff enter so that citizens and clients can come by themselves: registers, sign-in codes, client keys. */
public final class RegisterRoutes {
    private final Tenants tenants;
    private final StaffDoor staff;
    private final CitizenRegister register;
    private final CounterSignIn counter;
    private final Clients clients;
    private final Clock clock;

    public RegisterRoutes(
            Tenants tenants,
            StaffDoor staff,
            CitizenRegister register,
            CounterSignIn counter,
            Clients clients,
            Clock clock) {
        this.tenants = tenants;
        this.staff = staff;
        this.register = register;
        this.counter = counter;
        this.clients = clients;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.post("/api/:tenant/register").handler(Exchange.route(this::enter));
        router.post("/api/:tenant/sign-in-codes").handler(Exchange.route(this::code));
        router.post("/api/clients").handler(Exchange.route(this::client));
    }

    private void enter(Exchange x) {
        staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN);
        Tenant tenant = x.tenant(tenants);
        Fields fields = Fields.of(x.json(Exchange::badDesk));
        try {
            register.enter(tenant, fields.string("type"), fields.object("claims"), clock.instant());
        } catch (JsonException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        x.replyEmpty();
    }

    private void code(Exchange x) {
        staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN);
        Tenant tenant = x.tenant(tenants);
        Citizen citizen;
        try {
            citizen = new Citizen(Fields.of(x.json(Exchange::badDesk)).string("number"));
        } catch (JsonException | IllegalArgumentException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        CounterSignIn.Code code = counter.handOut(tenant, citizen, clock.instant());
        x.reply(
                201,
                Map.of("code", code.digits(), "expires_at", code.expiresAt().toString()));
    }

    private void client(Exchange x) {
        staff.requireOfWholeCity(x.context(), StaffRole.ADMIN);
        Fields fields = Fields.of(x.json(Exchange::badDesk));
        try {
            Optional<Map<String, Object>> jwk = fields.optObject("jwk");
            Optional<String> certificate = fields.optString("certificate");
            clients.register(
                    fields.string("client_id"),
                    new Clients.Registered(
                            jwk.isPresent() ? EcPublicKey.fromJwk(jwk.get()) : null,
                            certificate.isPresent()
                                    ? Clients.thumbprint(CertificateChain.certificate(certificate.get()))
                                    : null),
                    clock.instant());
        } catch (JsonException | JoseException | IllegalArgumentException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        x.replyEmpty();
    }
}
