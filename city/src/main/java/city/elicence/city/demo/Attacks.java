package city.elicence.city.demo;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.sdjwt.Disclosure;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What dishonest people try: each makes of an honest presentation one that must be refused. */
public final class Attacks {
    private static final Duration CODE_LIFE = Duration.ofSeconds(30);

    private Attacks() {}

    /** The holder changes the value of the first claim that is disclosed: an amount by a fen. */
    public static String alteredDisclosure(String presentation) throws SdJwtException {
        String[] parts = presentation.split("~", -1);
        Disclosure honest = Disclosure.parse(parts[1]);
        Object value = switch (honest.value()) {
            case null -> "0";
            case Boolean yes -> !yes;
            case Number amount -> amount.longValue() + 1;
            default -> honest.value() + "0";
        };
        parts[1] = Disclosure.ofProperty(honest.salt(), String.valueOf(honest.name()), value)
                .encoded();
        return String.join("~", parts);
    }

    /** Somebody else, who got hold of the licence, shows it with a key of their own. */
    static String shownBySomeoneElse(String presentation, Instant now) throws SdJwtException {
        SdJwt licence = SdJwt.parse(presentation).withoutKeyBinding();
        Map<String, Object> more = Map.of("exp", now.plus(CODE_LIFE).getEpochSecond());
        return KeyBinding.sign(licence, "thief", OfflineCode.AUDIENCE, now, more, SoftwareKey.generate())
                .serialize();
    }

    /** A licence of the same content, signed by an office that the ledger does not know. */
    public static String byUnaccreditedIssuer(String presentation, CertificateChain chain, SoftwareKey issuer)
            throws JoseException {
        String[] parts = presentation.split("~", -1);
        Jws original = Jws.parse(parts[0]);
        Map<String, Object> header = new LinkedHashMap<>(original.header());
        header.put("x5c", chain.toX5c());
        parts[0] = Jws.sign(header, original.claims(), issuer);
        return String.join("~", parts);
    }
}
