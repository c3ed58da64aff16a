package city.elicence.credentials.offline;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A licence of the catalogue as a phone shows it offline: its example, what stands on the card's face disclosed. */
final class TypePresentation {
    private static final int DECOYS = 2;

    private TypePresentation() {}

    /** With the receipt of a log of a thousand licences, or without one. */
    static String of(CredentialType type, List<String> x5c, boolean withReceipt) throws SdJwtException {
        SoftwareKey holder = SoftwareKey.generate();
        SdJwt shown = issued(type, x5c, holder).present(type.card().summary());
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("exp", SamplePresentation.NOW.getEpochSecond() + 30);
        if (withReceipt) {
            String jwt = shown.serialize().substring(0, shown.serialize().indexOf('~'));
            more.put(OfflineCode.RECEIPT_CLAIM, SamplePresentation.receipt(jwt).toJson());
        }
        String nonce = Base64Url.encode(SamplePresentation.random(12));
        return KeyBinding.sign(shown, nonce, OfflineCode.AUDIENCE, SamplePresentation.NOW, more, holder)
                .serialize();
    }

    private static SdJwt issued(CredentialType type, List<String> x5c, SoftwareKey holder) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dc+sd-jwt");
        if (!x5c.isEmpty()) {
            header.put("x5c", x5c);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://licence.city.example/" + type.issuers().get(0));
        claims.put("iat", SamplePresentation.NOW.getEpochSecond() - 86_400);
        claims.put("exp", SamplePresentation.NOW.getEpochSecond() + 86_400L * 365);
        claims.put("vct", type.vct("https://licence.city.example"));
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("idx", 34_211L);
        list.put("uri", "https://licence.city.example/" + type.issuers().get(0) + "/status/3");
        claims.put("status", Map.of("status_list", list));
        claims.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        claims.putAll(type.derive(type.sample(), LocalDate.of(2026, 11, 23)));
        List<ClaimPath> selective = new ArrayList<>();
        for (Claim claim : type.allClaims()) {
            if (claim.disclosure() == Claim.Disclosure.SELECTIVE) {
                selective.add(claim.path());
            }
        }
        return new SdJwtIssuer(SoftwareKey.generate(), new SecureRandom())
                .issue(header, claims, Frame.withDecoys(selective, DECOYS));
    }
}
