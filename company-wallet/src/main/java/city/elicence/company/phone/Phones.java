package city.elicence.company.phone;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.company.PairingProof;
import city.elicence.wallet.company.PhoneWord;
import city.elicence.web.HttpRefusal;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which phone speaks for whom. A code from a person's signed-in page makes one; the person, or the representative, ends it. */
public final class Phones {
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);
    private static final int MOST_CODES = 1_000;
    private static final int RANDOM_BYTES = 32;
    /** A word is signed when it is sent; a phone's clock may be off by some minutes. */
    private static final Duration OFF = Duration.ofMinutes(5);

    private final Tables tables;
    private final Vault vault;
    private final Companies companies;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();

    public Phones(Tables tables, Vault vault, Companies companies, Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.companies = companies;
        this.clock = clock;
    }

    private record Code(String company, String person, Instant until) {}

    /** A phone, as its person's page lists it. */
    public record Phone(
            String id,
            String person,
            Instant addedAt,
            @Nullable Instant withdrawnAt) {}

    /**
     * A phone that was just taken in.
     *
     * @param token by which it may look; told once
     */
    public record Paired(String id, String token, Person person) {}

    /** The person whom a phone speaks for, now. */
    public record Speaker(String phone, Person person, EcPublicKey key) {}

    /** A code that makes a phone speak for this person: good once, for ten minutes, and not after a restart. */
    public String code(Company company, Person person) {
        Instant now = clock.instant();
        codes.values().removeIf(old -> old.until().isBefore(now));
        if (codes.size() >= MOST_CODES) {
            throw new Refused(new Refused.Reason.Conflict("too-many-codes", "too many codes are open; try later"));
        }
        String code = random();
        codes.put(code, new Code(company.id(), person.id(), now.plus(CODE_LIFE)));
        return code;
    }

    /** Takes in the phone that has the code and proves its key. */
    public Paired pair(Company company, String audience, String compact) {
        PairingProof proof;
        try {
            proof = PairingProof.read(compact);
        } catch (JoseException | JsonException unreadable) {
            throw Refused.malformed("proof: expected a " + PairingProof.TYPE + " signed by the key in it");
        }
        Code code = proof.audience().equals(audience) ? codes.remove(proof.code()) : null;
        if (code == null || !code.company().equals(company.id()) || code.until().isBefore(clock.instant())) {
            throw new Refused(
                    new Refused.Reason.Conflict("code-not-known", "the code was used, is too old or is another's"));
        }
        Person person = companies.person(company.id(), code.person()).orElseThrow(() -> Refused.notFound("person"));
        String id = UUID.randomUUID().toString();
        String token = random();
        tables.change(
                "insert into phone (company, id, person, key, reader, added_at) values ($1, $2, $3, $4, $5, $6)",
                company.id(),
                id,
                person.id(),
                Json.write(proof.key().toJwk()),
                digest(token),
                clock.instant());
        return new Paired(id, token, person);
    }

    /** Whose phone this is; a phone that was withdrawn, or another company's, is nobody's. */
    public Speaker speaker(Company company, @Nullable String authorization) {
        String token = authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        Row row = tables.one(
                        "select id, person, key from phone where company = $1 and reader = $2 and withdrawn_at is null",
                        company.id(),
                        digest(token))
                .orElseThrow(() -> new HttpRefusal(401, "invalid_token", "this phone speaks for nobody here"));
        Person person = companies
                .person(company.id(), row.getString("person"))
                .orElseThrow(() -> new HttpRefusal(403, "insufficient_scope", "not one of this company's people"));
        try {
            EcPublicKey key = EcPublicKey.fromJwk(Json.parseObject(row.getString("key")));
            return new Speaker(row.getString("id"), person, key);
        } catch (JoseException | JsonException unreadable) {
            throw new IllegalStateException("a phone's row cannot be read", unreadable);
        }
    }

    /** A word of this phone's own key, for this company, signed now. */
    public PhoneWord word(Speaker speaker, String audience, String compact) {
        try {
            PhoneWord word = PhoneWord.read(compact, speaker.key());
            Instant now = clock.instant();
            if (!word.audience().equals(audience) || !word.phone().equals(speaker.phone())) {
                throw new Refused(
                        new Refused.Reason.Conflict("word-for-another", "the word names another wallet or phone"));
            }
            if (word.at().isBefore(now.minus(OFF)) || word.at().isAfter(now.plus(OFF))) {
                throw new Refused(new Refused.Reason.Conflict(
                        "word-too-old", "the word was not signed just now; is the phone's clock right?"));
            }
            return word;
        } catch (JoseException | JsonException unreadable) {
            throw Refused.malformed("word: expected a " + PhoneWord.TYPE + " signed by this phone");
        }
    }

    /** Keeps what was signed, before it is acted on: no answer leaves without a record of who said so. */
    public void keep(PhoneWord word, String compact) {
        tables.change(
                """
                insert into phone_word (request_id, phone, sealed, at) values ($1, $2, $3, $4)
                on conflict (request_id, phone) do update set sealed = excluded.sealed, at = excluded.at
                """,
                word.request(),
                word.phone(),
                vault.seal("phone-word/" + word.request() + '/' + word.phone(), compact),
                clock.instant());
    }

    public List<Phone> all(String company) {
        return tables
                .all(
                        "select id, person, added_at, withdrawn_at from phone where company = $1 order by added_at desc",
                        company)
                .stream()
                .map(row -> new Phone(
                        row.getString("id"),
                        row.getString("person"),
                        Tables.instant(row, "added_at"),
                        Tables.optInstant(row, "withdrawn_at")))
                .toList();
    }

    /** A lost phone speaks for nobody from now on. */
    public Phone withdraw(String company, Person by, String id) {
        Phone phone = all(company).stream()
                .filter(each -> each.id().equals(id))
                .filter(each -> each.person().equals(by.id()) || by.representative())
                .findFirst()
                .orElseThrow(() -> Refused.notFound("phone"));
        tables.change("update phone set withdrawn_at = $2 where id = $1 and withdrawn_at is null", id, clock.instant());
        return new Phone(phone.id(), phone.person(), phone.addedAt(), clock.instant());
    }

    private String random() {
        byte[] octets = new byte[RANDOM_BYTES];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static byte[] digest(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.US_ASCII));
    }
}
