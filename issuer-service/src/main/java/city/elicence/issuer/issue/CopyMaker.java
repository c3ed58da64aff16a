package city.elicence.issuer.issue;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusReference;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Signer;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.type.PublishedTypes;
import city.elicence.issuer.vault.Digest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes and signs one copy of a licence, for one key. */
final class CopyMaker {
    /** RFC 9901 §10.1: no copy carries its exact time, and copies made at once do not carry times that belong together. */
    private static final Duration TIME_BLUR = Duration.ofHours(1);

    private static final int DECOYS = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Addresses addresses;
    private final PublishedTypes published;
    private final ZoneId zone;

    CopyMaker(Addresses addresses, PublishedTypes published, ZoneId zone) {
        this.addresses = addresses;
        this.published = published;
        this.zone = zone;
    }

    /** What all copies of one credential response have in common. */
    record Batch(
            Tenant tenant,
            CredentialType type,
            Format format,
            Map<String, Object> claims,
            Instant now,
            Instant until,
            int size) {}

    /** The claims as they stand on the day of issue, derived ones included. */
    Map<String, Object> claimsOn(CredentialType type, Map<String, Object> entered, Instant now) {
        return type.derive(entered, LocalDate.ofInstant(now, zone));
    }

    /** The end of the licence's last day. */
    Instant lastMoment(CredentialType type, Map<String, Object> claims, Instant firstIssued) {
        LocalDate last = type.lifecycle().lastDay(claims, LocalDate.ofInstant(firstIssued, zone));
        return last.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
    }

    Copy make(Batch batch, EcPublicKey holder, StatusReference status, int position) {
        return switch (batch.format()) {
            case SD_JWT_VC -> sdJwt(batch, holder, status, position);
            case MDOC -> DocumentMaker.make(batch, holder, status);
        };
    }

    private Copy sdJwt(Batch batch, EcPublicKey holder, StatusReference status, int position) {
        Tenant tenant = batch.tenant();
        // Distinct by construction: each copy has a span of seconds of its own, with a gap before the next one's.
        long span = Math.max(2, TIME_BLUR.toSeconds() / batch.size());
        Instant issuedAt = batch.now().minusSeconds(position * span + RANDOM.nextLong(span / 2));
        // The licence's last second is no secret of one copy, so one alone may carry it.
        Instant until = batch.size() == 1
                ? batch.until()
                : batch.until().minusSeconds(position * span + RANDOM.nextLong(span / 2));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", addresses.issuer(tenant.id()));
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", until.getEpochSecond());
        claims.put("vct", addresses.type(batch.type().id()));
        claims.put("vct#integrity", published.of(batch.type()).integrity());
        claims.put("status", status.toClaim());
        claims.put("cnf", Map.of("jwk", holder.toJwk()));
        claims.putAll(batch.claims());
        Signer signer = tenant.licenceSigner();
        SdJwt credential =
                SdJwtVc.issue(new SdJwtIssuer(signer.key(), RANDOM), signer.chain(), claims, frame(batch.type()));
        return new Copy(
                credential.serialize(),
                Digest.of(LogEntry.digestOf(credential.issuerJwt().compact())),
                until);
    }

    private static Frame frame(CredentialType type) {
        List<ClaimPath> selective = type.allClaims().stream()
                .filter(claim -> Objects.equals(claim.disclosure(), Claim.Disclosure.SELECTIVE))
                .map(Claim::path)
                .toList();
        return Frame.withDecoys(selective, DECOYS);
    }
}
