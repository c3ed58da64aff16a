package city.elicence.credentials.offline;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A driving licence as a phone shows it offline: 10 claims, 8 of them disclosable, 3 disclosed, a receipt of 10 hashes. */
final class SamplePresentation {
    static final String ISSUER = "did:indy:beijing:7Tqg6BwSSWapxgUDm9KKgg";
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private SamplePresentation() {}

    /** Two certificates of the size that a leaf and its authority have; that they are none does not matter here. */
    static List<String> x5c(long seed) {
        Random random = new Random(seed);
        List<String> chain = new ArrayList<>();
        for (int length : new int[] {612, 540}) {
            byte[] der = new byte[length];
            random.nextBytes(der);
            chain.add(Base64.getEncoder().encodeToString(der));
        }
        return chain;
    }

    static String drivingLicence(List<String> x5c, boolean withReceipt) throws SdJwtException {
        return drivingLicence(x5c, withReceipt, 0);
    }

    static String drivingLicence(List<String> x5c, boolean withReceipt, int decoys) throws SdJwtException {
        SoftwareKey holder = SoftwareKey.generate();
        SdJwt issued = issue(x5c, holder, decoys);
        SdJwt shown =
                issued.present(List.of(ClaimPath.of("name"), ClaimPath.of("classes"), ClaimPath.of("first_issued")));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("exp", NOW.getEpochSecond() + 30);
        if (withReceipt) {
            String issuerJwt = shown.serialize().substring(0, shown.serialize().indexOf('~'));
            more.put(OfflineCode.RECEIPT_CLAIM, receipt(issuerJwt).toJson());
        }
        String nonce = Base64Url.encode(random(16));
        return KeyBinding.sign(shown, nonce, OfflineCode.AUDIENCE, NOW, more, holder)
                .serialize();
    }

    private static SdJwt issue(List<String> x5c, SoftwareKey holder, int decoys) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dc+sd-jwt");
        header.put("x5c", x5c);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://licence.beijing.example/traffic-police");
        claims.put("iat", NOW.getEpochSecond() - 86_400);
        claims.put("exp", NOW.getEpochSecond() + 86_400L * 365);
        claims.put("vct", "https://licence.beijing.example/types/driving-licence");
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("idx", 734_211L);
        list.put("uri", "https://licence.beijing.example/traffic-police/status/3");
        claims.put("status", Map.of("status_list", list));
        claims.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        claims.put("issuing_authority", "北京市公安局公安交通管理局");
        claims.put("valid_until", "2032-06-30");
        claims.put("name", "王小明");
        claims.put("sex", "男");
        claims.put("birth_date", "1990-03-07");
        claims.put("address", "北京市朝阳区测试街道1号");
        claims.put("id_number", "110105199003070017");
        claims.put("first_issued", "2012-07-01");
        claims.put("classes", List.of("C1"));
        claims.put("age_over_18", true);
        List<ClaimPath> selective = new ArrayList<>();
        for (String name : List.of(
                "name", "sex", "birth_date", "address", "id_number", "first_issued", "classes", "age_over_18")) {
            selective.add(ClaimPath.of(name));
        }
        Frame frame = Frame.withDecoys(selective, decoys);
        return new SdJwtIssuer(SoftwareKey.generate(), new SecureRandom()).issue(header, claims, frame);
    }

    static Receipt receipt(String issuerJwt) {
        MerkleTree tree = new MerkleTree();
        byte[] salt = random(16);
        for (int i = 0; i < 1000; i++) {
            byte[] jwt = random(32);
            tree.append(i == 700 ? LogEntry.ofJwt(salt, issuerJwt) : LogEntry.of(salt, jwt));
        }
        return Receipt.of(ISSUER, tree, 700, 1000, salt);
    }

    static byte[] random(int length) {
        byte[] octets = new byte[length];
        new SecureRandom().nextBytes(octets);
        return octets;
    }
}
