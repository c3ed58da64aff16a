package city.elicence.city.bench;

import city.elicence.city.setup.Party;
import city.elicence.company.dossier.Document;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.SealedStore;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.store.CardLook;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;
import city.elicence.wallet.store.StoredKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Credentials of the size and form of real ones, really signed. */
final class MadeDocuments {
    /** The documents of one consignment. */
    static final List<String> TYPES = List.of(
            "cargo-manifest",
            "air-waybill",
            "terminal-receipt",
            "inspection-result",
            "customs-declaration",
            "export-tax-refund");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Party registry;
    private final Party issuer;

    MadeDocuments(Party registry, Party issuer) {
        this.registry = registry;
        this.issuer = issuer;
    }

    static String vct(String type) {
        return "https://bench.example/types/" + type;
    }

    /** Gives a company its licence, and returns a key for its documents. */
    SoftwareKey licence(SealedStore store, Company company) throws IOException {
        var key = new StoredKeys(store).create("licence", KeyStore.KeyUse.HOLDER);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", vct("business-licence"));
        claims.put("cnf", Map.of("jwk", key.publicKey().toJwk()));
        claims.put("unified_code", company.unifiedCode());
        SdJwt licence = SdJwtVc.issue(
                new SdJwtIssuer(registry.signingKey(), RANDOM), registry.chain(), claims, Frame.of(List.of()));
        try {
            new Shelf(store)
                    .put(new HeldLicence(
                            "licence",
                            "business-licence",
                            vct("business-licence"),
                            Words.same("licence"),
                            city.elicence.wallet.party.Party.stranger("registry", Words.same("registry")),
                            CardLook.PLAIN,
                            Map.of(),
                            List.of(new Copy(Format.SD_JWT_VC, licence.serialize(), "licence", null, null)),
                            null,
                            null,
                            Instant.now()));
        } catch (RefusedException e) {
            throw new IOException(e);
        }
        return SoftwareKey.generate();
    }

    Document document(String type, SoftwareKey key) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", vct(type));
        claims.put("cnf", Map.of("jwk", key.publicKey().toJwk()));
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("pieces", 12L);
        claims.put("state", "stored");
        for (int i = 0; i < 8; i++) {
            claims.put("claim_" + i, "测试内容 " + RANDOM.nextLong());
        }
        List<ClaimPath> selective = claims.keySet().stream()
                .filter(name -> name.equals("pieces") || name.equals("state") || name.startsWith("claim"))
                .map(ClaimPath::of)
                .toList();
        SdJwt credential = SdJwtVc.issue(
                new SdJwtIssuer(issuer.signingKey(), RANDOM), issuer.chain(), claims, Frame.of(selective));
        return new Document(credential, key, issuer.did().value(), Map.of("en", type));
    }
}
