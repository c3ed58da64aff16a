package city.elicence.credentials.verify;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.catalogue.Mdoc;
import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.mdoc.DataElements;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.IssuerSignedItem;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.status.StatusReference;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The catalogue's driving licence as a mobile document, issued in a {@link TestCity} and shown to its bank. */
final class TestMdoc {
    static final String TYPE = Format.MDOC.named(TestCity.TYPE);
    static final String MDL = "org.iso.18013.5.1.mDL";
    static final String ISO = "org.iso.18013.5.1";
    static final String OWN = "city.elicence.driving.1";
    private static final CredentialType LICENCE =
            Catalogue.builtIn().type(TestCity.TYPE).orElseThrow();
    static final Mdoc TYPE_FILE = Objects.requireNonNull(LICENCE.mdoc());
    static final SessionTranscript SESSION = session(TestCity.AUDIENCE, TestCity.NONCE, "https://bank.example/r");

    final TestCity city;
    TestParty police;
    Instant signed = TestCity.ISSUED;
    Instant until = TestCity.NOW.plus(Duration.ofDays(365));

    @Nullable
    Object status = new StatusReference(TestCity.LIST, TestCity.INDEX).toClaim();

    BiPredicate<String, String> shown =
            (nameSpace, element) -> List.of("family_name", "driving_privileges").contains(element);

    TestMdoc(TestCity city) {
        this.city = city;
        this.police = city.police.asDocumentSigner();
    }

    static SessionTranscript session(String clientId, String nonce, String responseUri) {
        return SessionTranscript.ofRedirect(clientId, nonce, new byte[32], responseUri);
    }

    static Map<String, List<IssuerSignedItem>> elements() {
        Map<String, Object> claims = LICENCE.derive(LICENCE.sample(), LocalDate.of(2026, 11, 23));
        return new DataElements(TYPE_FILE, "Traffic police", new SecureRandom()).of(claims);
    }

    static List<IssuerSignedItem> isoElements() {
        return Objects.requireNonNull(elements().get(ISO));
    }

    IssuerSigned issue() {
        return IssuerSigned.issue(
                MDL,
                elements(),
                city.holder.publicKey(),
                new SecurityObject.Validity(signed, signed, until),
                status,
                police.key(),
                police.chain());
    }

    String show(SessionTranscript session, SoftwareKey phone) {
        return DeviceResponse.of(MobileDocument.show(issue().disclosing(shown), session, phone))
                .toText();
    }

    static Expectation expectation() {
        return Expectation.online(TestCity.NONCE, TestCity.AUDIENCE)
                .inSession(SESSION, null)
                .ofTypes(List.of(MDL));
    }

    Verdict verify(String response) {
        return city.verify(Presentation.in(Format.MDOC, response), expectation());
    }

    Verdict verify() {
        return verify(show(SESSION, city.holder));
    }

    Verdict shownByAnotherPhone() {
        return verify(show(SESSION, SoftwareKey.generate()));
    }

    Verdict shownAsAnotherType() throws Exception {
        Map<Object, Object> response = changeable(Cbor.decode(Base64Url.decode(show(SESSION, city.holder))));
        Map<Object, Object> document = document(response);
        document.put("docType", "org.iso.23220.photoid.1");
        response.put("documents", List.of(document));
        return verify(Base64Url.encode(Cbor.encode(response)));
    }

    static Map<Object, Object> document(Map<Object, Object> response) {
        return changeable(((List<?>) Objects.requireNonNull(response.get("documents"))).get(0));
    }

    static Map<Object, Object> changeable(@Nullable Object tree) {
        return new HashMap<>((Map<?, ?>) Objects.requireNonNull(tree));
    }
}
