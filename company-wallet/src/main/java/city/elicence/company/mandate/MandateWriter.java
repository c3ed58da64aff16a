package city.elicence.company.mandate;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.ClaimProblem;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.store.CardLook;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a mandate by the catalogue's rules, has it signed, and puts it among the company's cards. */
final class MandateWriter {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DECOYS = 2;

    private final CredentialType type =
            Catalogue.builtIn().type(Mandates.MANDATE).orElseThrow();
    private final Companies companies;
    private final ZoneId zone;

    MandateWriter(Companies companies, ZoneId zone) {
        this.companies = companies;
        this.zone = zone;
    }

    /** A mandate as written. */
    record Written(String number, String card) {}

    Written write(
            Tables within,
            Company company,
            Person person,
            Mandate.Wish wish,
            CompanyKeys.Bound authority,
            SigningKey holder,
            StatusReference status,
            Instant now) {
        String card = Shelf.newId();
        String number = "SQ-" + LocalDate.ofInstant(now, zone).getYear() + "-"
                + card.substring(0, 12).toUpperCase(java.util.Locale.ROOT);
        Map<String, Object> claims = claims(company, person, wish, number, now);
        List<ClaimProblem> problems = type.check(claims, LocalDate.ofInstant(now, zone));
        if (!problems.isEmpty()) {
            throw Refused.malformed(problems.getFirst().path() + ": "
                    + problems.getFirst().sentence().en());
        }
        String vct = vct(authority.whole());
        Map<String, Object> signed = new LinkedHashMap<>();
        signed.put("vct", vct);
        signed.put("iat", now.getEpochSecond());
        signed.put("exp", wish.validUntil().plusDays(1).atStartOfDay(zone).toEpochSecond() - 1);
        signed.put("status", status.toClaim());
        signed.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        signed.putAll(type.derive(claims, LocalDate.ofInstant(now, zone)));
        SdJwt mandate = Mandates.issue(authority.key(), authority.shown(), signed, frame(), RANDOM);
        keep(within, company, person, card, vct, mandate, now);
        return new Written(number, card);
    }

    private Map<String, Object> claims(Company company, Person person, Mandate.Wish wish, String number, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("mandate_number", number);
        claims.put("unified_code", company.unifiedCode());
        claims.put("company_name", company.zh());
        claims.put("employee_name", person.name());
        claims.put("employee_id_number", person.idNumber());
        claims.put("powers", wish.powers());
        if (wish.limitFen() != null) {
            claims.put("limit", wish.limitFen());
        }
        claims.put("granted_on", LocalDate.ofInstant(now, zone).toString());
        claims.put("valid_until", wish.validUntil().toString());
        claims.put("may_delegate", wish.mayDelegate());
        return claims;
    }

    /** The type's address is beside that of the authority's own type. */
    private static String vct(SdJwt authority) {
        String beside = String.valueOf(authority.payload().get("vct"));
        return beside.substring(0, beside.lastIndexOf('/') + 1) + Mandates.MANDATE;
    }

    private Frame frame() {
        return Frame.withDecoys(
                type.allClaims().stream()
                        .filter(claim -> Objects.equals(claim.disclosure(), Claim.Disclosure.SELECTIVE))
                        .map(Claim::path)
                        .toList(),
                DECOYS);
    }

    private void keep(
            Tables within, Company company, Person person, String card, String vct, SdJwt mandate, Instant now) {
        Map<ClaimPath, Words> labels = new LinkedHashMap<>();
        for (Claim claim : type.allClaims()) {
            labels.put(claim.path(), new Words(claim.label().zh(), claim.label().en()));
        }
        try {
            new Shelf(companies.store(within, company.id()))
                    .put(new HeldLicence(
                            card,
                            Mandates.MANDATE,
                            vct,
                            new Words(type.label().zh(), type.label().en()),
                            Party.stranger(company.unifiedCode(), new Words(company.zh(), company.en())),
                            CardLook.PLAIN,
                            labels,
                            List.of(new Copy(
                                    Format.SD_JWT_VC, mandate.serialize(), "person-" + person.id(), null, null)),
                            null,
                            null,
                            now));
        } catch (RefusedException unwritable) {
            throw new Refused(new Refused.Reason.ByWallet(unwritable.refusal()));
        }
    }
}
