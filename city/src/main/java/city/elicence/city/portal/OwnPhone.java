package city.elicence.city.portal;

import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/**
 * What somebody's own phone needs of this city: the app, the certificate of the HTTPS authority, and whom to believe. All of it
 * is public; that the certificate is the right one is seen by its fingerprint, which the terminal prints too.
 */
final class OwnPhone {
    private static final int QR_SCALE = 6;
    /** Signs the list of who is accredited; any verifier's would do. */
    private static final String SIGNER = "police";

    private final City city;
    private final Path apk;

    /**
     * Made of its parts.
     *
     * @param apk where the app is, once it is built
     */
    OwnPhone(City city, Path apk) {
        this.city = city;
        this.apk = apk;
    }

    void addTo(Router router) {
        router.get("/api/own-phone").handler(this::facts);
        router.get("/own-phone/address.png").handler(ctx -> picture(ctx, address()));
        router.get("/own-phone/trust.png").handler(ctx -> picture(ctx, trustLink()));
        router.get("/elicence.apk").handler(ctx -> {
            if (Files.isRegularFile(apk)) {
                ctx.response()
                        .putHeader("Content-Type", "application/vnd.android.package-archive")
                        .putHeader("Content-Disposition", "attachment; filename=\"elicence.apk\"")
                        .sendFile(apk.toString())
                        .await();
            } else {
                ctx.next();
            }
        });
        router.get("/tls-authority.crt").handler(ctx -> {
            if (overHttps()) {
                ctx.response()
                        .putHeader("Content-Type", "application/x-x509-ca-cert")
                        .putHeader("Content-Disposition", "attachment; filename=\"e-licence-city.crt\"")
                        .end(Buffer.buffer(authority(city)))
                        .await();
            } else {
                ctx.next();
            }
        });
    }

    private boolean overHttps() {
        return city.issuerBase().getScheme().equals("https");
    }

    /** The certificate of the HTTPS authority, DER. */
    private static byte[] authority(City city) {
        try (InputStream file = Files.newInputStream(city.folder().tlsAuthority())) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(file)
                    .getEncoded();
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("the authority's certificate was there at the start", e);
        }
    }

    private String address() {
        return city.door("portal", city.ports().portal()).base(city.ports().portal()) + "/own-phone.html";
    }

    /** Where the signed list of who is accredited is, and the key that signs it. */
    private String trustLink() {
        Party signer = city.party(SIGNER);
        return "elicence-trust://?address=" + word(city.verifierBase() + "/trust-snapshot/" + SIGNER) + "&key="
                + word(Json.write(signer.signingKey().publicKey().toJwk()));
    }

    private static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void facts(RoutingContext ctx) {
        JsonObject facts = new JsonObject()
                .put("address", address())
                .put("trust", trustLink())
                .put("apk", Files.isRegularFile(apk));
        if (overHttps()) {
            facts.put("fingerprint", fingerprint(city));
        }
        ctx.json(facts);
    }

    private static void picture(RoutingContext ctx, String text) {
        try {
            ctx.response()
                    .putHeader("Content-Type", "image/png")
                    .end(Buffer.buffer(Qr.encode(text, QrLevel.LOW).png(QR_SCALE)))
                    .await();
        } catch (QrException tooLong) {
            throw new IllegalStateException("an address fits a code", tooLong);
        }
    }

    /** SHA-256 of the HTTPS authority's certificate, as a phone's settings show it. */
    static String fingerprint(City city) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(Sha256.of(authority(city)));
    }
}
