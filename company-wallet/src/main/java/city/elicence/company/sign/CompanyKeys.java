package city.elicence.company.sign;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Refused;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;
import city.elicence.wallet.store.StoredKeys;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the key by which a company signs: the one that its business licence is bound to. */
public final class CompanyKeys {
    private final Companies companies;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    public CompanyKeys(Companies companies) {
        this.companies = companies;
    }

    /**
     * A key, and the credential that says whose it is.
     *
     * @param shown the credential, disclosing nothing but what it always does
     * @param whole with all disclosures: never leaves this service
     */
    public record Bound(SigningKey key, SdJwt shown, SdJwt whole) {}

    /** A company's key as it was found when its licences' records had this state. */
    private record Known(String state, Bound bound) {}

    /** The company's key; refuses where it holds no business licence yet. Found anew only after a licence came, changed or went. */
    public Bound company(String company) {
        String state = companies.store(company).state(Shelf.LICENCE);
        Known before = known.get(company);
        if (before != null && before.state().equals(state)) {
            return before.bound();
        }
        Bound found = find(company);
        known.put(company, new Known(state, found));
        return found;
    }

    private Bound find(String company) {
        try {
            for (HeldLicence held :
                    new Shelf(companies.store(company)).licences().reversed()) {
                boolean licence = Catalogue.builtIn()
                        .byVct(held.vct())
                        .filter(type -> type.id().equals(Mandates.LICENCE))
                        .isPresent();
                Copy copy = held.copies().getFirst();
                if (licence && copy.bound()) {
                    return bound(company, copy);
                }
            }
        } catch (RefusedException unreadable) {
            throw new Refused(new Refused.Reason.ByWallet(unreadable.refusal()));
        }
        throw new Refused(new Refused.Reason.Conflict(
                "no-business-licence", "the company must hold its business licence first: its key signs"));
    }

    /** The key that a card of the company is bound to. */
    public Bound card(String company, String card) {
        try {
            @Nullable HeldLicence held = new Shelf(companies.store(company)).licence(card);
            if (held == null) {
                throw Refused.notFound("card");
            }
            return bound(company, held.copies().getFirst());
        } catch (RefusedException unreadable) {
            throw new Refused(new Refused.Reason.ByWallet(unreadable.refusal()));
        }
    }

    /** A key of a person's own, made when it is first asked for. */
    public SigningKey person(String company, String person) {
        return new StoredKeys(companies.store(company)).create("person-" + person, StoredKeys.KeyUse.HOLDER);
    }

    private Bound bound(String company, Copy copy) {
        @Nullable SigningKey key = new StoredKeys(companies.store(company)).open(copy.keyAlias());
        if (key == null) {
            throw new IllegalStateException("a card whose key is not here");
        }
        try {
            SdJwt whole = SdJwt.parse(copy.credential());
            return new Bound(key, whole.present(List.of()), whole);
        } catch (SdJwtException unreadable) {
            throw new IllegalStateException("a stored card cannot be read", unreadable);
        }
    }
}
