package city.elicence.company.dossier;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.SealedStore;
import city.elicence.company.keep.Tables;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps documents, and finds those of one reference by its keyed digest: one look at an index, however many there are. */
public final class Dossier {
    private static final int DIGEST_BYTES = 16;
    private static final int MOST_OF_ONE = 200;

    private final Tables tables;
    private final Vault vault;
    private final Companies companies;
    private final Clock clock;

    public Dossier(Tables tables, Vault vault, Companies companies, Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.companies = companies;
        this.clock = clock;
    }

    /** Where a document is, and of what type: all that is read before it is known whether who asks may see it. */
    public record Place(long id, String type) {}

    /** Takes a card from among the company's licences into its dossier; refuses one that names no reference. */
    public void file(String company, String card) {
        tables.transaction(within -> {
            SealedStore store = companies.store(within, company);
            try {
                @Nullable HeldLicence held = new Shelf(store).licence(card);
                if (held == null) {
                    throw Refused.notFound("card");
                }
                Copy copy = held.copies().getFirst();
                String keyRecord = "key-" + copy.keyAlias();
                String key = store.get(keyRecord);
                if (key == null || held.copies().size() != 1) {
                    throw new Refused(new Refused.Reason.Conflict(
                            "not-a-document", "expected a card in one copy, bound to a key of this wallet"));
                }
                Document document = new Document(
                        SdJwt.parse(copy.credential()),
                        SoftwareKey.fromJwk(Json.parseObject(key)),
                        held.issuer().did(),
                        held.name().toJson());
                add(within, company, held.vct(), document);
                new Shelf(store).deleteLicence(card);
                store.delete(keyRecord);
                return card;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (RefusedException | JsonException | JoseException | SdJwtException unreadable) {
                throw new IllegalStateException("a stored card cannot be read", unreadable);
            }
        });
    }

    private void add(Tables within, String company, String type, Document document) throws SdJwtException {
        Set<String> references = References.in(document.credential().process().claims());
        if (references.isEmpty()) {
            throw new Refused(new Refused.Reason.Conflict("no-reference", "the document names no reference"));
        }
        // The place is known before the row is: what is sealed for it is authenticated with it.
        long id = within.one("select nextval(pg_get_serial_sequence('document', 'id')) as id")
                .orElseThrow()
                .getLong("id");
        within.change(
                "insert into document (id, company, type, sealed, received_at) values ($1, $2, $3, $4, $5)",
                id,
                company,
                type,
                seal(company, id, document),
                clock.instant());
        for (String reference : references) {
            within.change(
                    "insert into document_reference (digest, document, type) values ($1, $2, $3)",
                    digest(company, reference),
                    id,
                    type);
        }
    }

    /** A document as its row holds it. */
    public byte[] seal(String company, long id, Document document) {
        return vault.seal(place(company, id), document.text());
    }

    /** What a reference is looked up by: without the service's key nobody can make it, or guess back. */
    public byte[] digest(String company, String reference) {
        return Arrays.copyOf(vault.blind(company + "\nreference", reference), DIGEST_BYTES);
    }

    /** Where the documents of a reference are; empty where there are none. */
    public List<Place> find(String company, String reference) {
        return tables
                .all(
                        "select document, type from document_reference where digest = $1 order by document limit $2",
                        digest(company, reference),
                        MOST_OF_ONE)
                .stream()
                .map(row -> new Place(row.getLong("document"), row.getString("type")))
                .toList();
    }

    public Document open(String company, Place place) {
        return Optional.ofNullable(open(company, List.of(place)).get(place))
                .orElseThrow(() -> Refused.notFound("document"));
    }

    /** Several at once, in one look; without a place no document is looked at. */
    public Map<Place, Document> open(String company, List<Place> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        Map<Long, Place> byId = new HashMap<>();
        places.forEach(place -> byId.put(place.id(), place));
        Map<Place, Document> documents = new LinkedHashMap<>();
        for (Row row : tables.all(
                "select id, sealed from document where id = any($1) and company = $2 order by id",
                byId.keySet().toArray(Long[]::new),
                company)) {
            long id = row.getLong("id");
            Place place = byId.getOrDefault(id, new Place(id, ""));
            documents.put(place, Document.read(vault.open(place(company, id), Tables.bytes(row, "sealed"))));
        }
        return documents;
    }

    /** How many documents the company has. */
    public long size(String company) {
        return tables.one("select count(*) as n from document where company = $1", company)
                .orElseThrow()
                .getLong("n");
    }

    private static String place(String company, long id) {
        return "document/" + company + '/' + id;
    }
}
