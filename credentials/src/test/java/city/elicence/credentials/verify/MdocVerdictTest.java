package city.elicence.credentials.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.DigestAlgorithm;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.IssuerSignedItem;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.verify.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A mobile document before the ten checks: ISO/IEC 18013-5 §9.3.1, and the joins between its parts. */
class MdocVerdictTest {
    private final TestMdoc mdoc = new TestMdoc(new TestCity());

    @Test
    @DisplayName("ISO/IEC 18013-5 §9.3.1: what was shown is accepted, with those elements and no others")
    void accepted() {
        Verdict verdict = mdoc.city.verify(
                Presentation.in(Format.MDOC, mdoc.show(TestMdoc.SESSION, mdoc.city.holder)),
                TestMdoc.expectation().askedBy(mdoc.city.bank.did(), List.of(path(TestMdoc.ISO, "family_name"))));
        VerifiedCredential credential = accepted(verdict);
        assertEquals(
                Map.of(
                        TestMdoc.ISO,
                        Map.of(
                                "family_name",
                                "LIN",
                                "driving_privileges",
                                List.of(Map.of("vehicle_category_code", "B")))),
                credential.claims());
        assertEquals(TestMdoc.MDL, credential.vct());
        assertEquals("driving-licence.mdoc", credential.type().id());
        assertEquals(mdoc.city.police.did(), credential.issuer().did());
        assertFalse(credential.toString().contains("LIN"));
    }

    @Test
    @DisplayName(
            "§7.2: the mandatory elements of an mDL have their CDDL types, dates as full-date, the portrait as octets")
    void elements() {
        Map<String, Object> iso = new HashMap<>();
        TestMdoc.isoElements().forEach(item -> iso.put(item.element(), item.value()));
        assertEquals(new Tagged(Tagged.FULL_DATE, "1992-05-17"), iso.get("birth_date"));
        assertEquals(new Tagged(Tagged.FULL_DATE, "2020-07-02"), iso.get("issue_date"));
        assertEquals(new Tagged(Tagged.FULL_DATE, "2030-07-02"), iso.get("expiry_date"));
        assertEquals("CN", iso.get("issuing_country"));
        assertEquals("Traffic police", iso.get("issuing_authority"));
        assertEquals("CHN", iso.get("un_distinguishing_sign"));
        assertEquals(2L, iso.get("sex"));
        assertEquals(true, iso.get("age_over_18"));
        assertEquals(
                0xff, ((byte[]) Objects.requireNonNull(iso.get("portrait")))[0] & 0xff, "a JPEG, not its data URI");
        Set<String> mandatory = Set.of(
                "family_name",
                "given_name",
                "birth_date",
                "issue_date",
                "expiry_date",
                "issuing_country",
                "issuing_authority",
                "document_number",
                "portrait",
                "driving_privileges",
                "un_distinguishing_sign");
        Set<String> missing = new HashSet<>(mandatory);
        missing.removeAll(iso.keySet());
        assertEquals(Set.of(), missing);
        // §7.2.1: latin1b, 150 characters.
        iso.values().stream()
                .filter(String.class::isInstance)
                .forEach(text -> assertEquals(true, ((String) text).chars().allMatch(c -> c < 0x100)));
    }

    @Test
    @DisplayName("§9.1.2.5: salts are fresh for each document, and digest identifiers say nothing about the element")
    void salts() {
        Set<String> digests = new HashSet<>();
        Set<List<Long>> orders = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            List<Long> order = new ArrayList<>();
            for (IssuerSignedItem item : TestMdoc.isoElements()) {
                digests.add(Base64Url.encode(item.digest(DigestAlgorithm.SHA_256)));
                order.add(item.digestId());
            }
            orders.add(order);
        }
        assertEquals(8 * TestMdoc.isoElements().size(), digests.size());
        assertEquals(8, orders.size());
    }

    @Test
    @DisplayName("RFC 8949 §4.2: what is issued is deterministic CBOR")
    void deterministic() throws Exception {
        assertEquals(true, Cbor.isDeterministic(Base64Url.decode(mdoc.issue().toText())));
        assertEquals(
                mdoc.issue().claims(),
                IssuerSigned.fromText(mdoc.issue().toText()).claims());
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 annex B.2.6.1: with another nonce, verifier, return address or encryption key it is no proof")
    void otherSession() {
        for (SessionTranscript other : List.of(
                TestMdoc.session("x509_hash:other", TestCity.NONCE, "https://bank.example/r"),
                TestMdoc.session(TestCity.AUDIENCE, "another", "https://bank.example/r"),
                TestMdoc.session(TestCity.AUDIENCE, TestCity.NONCE, "https://bank.example/s"),
                SessionTranscript.ofRedirect(TestCity.AUDIENCE, TestCity.NONCE, null, "https://bank.example/r"))) {
            assertRefused(Refusal.DEVICE_NOT_AUTHENTICATED, mdoc.verify(mdoc.show(other, mdoc.city.holder)));
        }
    }

    @Test
    @DisplayName("§9.3.1 step 3: an element with another value is not one that the issuer signed")
    void alteredElement() throws Exception {
        Map<Object, Object> response =
                TestMdoc.changeable(Cbor.decode(Base64Url.decode(mdoc.show(TestMdoc.SESSION, mdoc.city.holder))));
        Map<Object, Object> document = TestMdoc.document(response);
        Map<Object, Object> issuer = TestMdoc.changeable(document.get("issuerSigned"));
        Map<String, Object> item = Map.of(
                "digestID", 0L, "random", new byte[32], "elementIdentifier", "family_name", "elementValue", "ZHANG");
        issuer.put("nameSpaces", Map.of(TestMdoc.ISO, List.of(Tagged.encoded(item))));
        document.put("issuerSigned", issuer);
        response.put("documents", List.of(document));
        assertRefused(Refusal.DISCLOSURE_NOT_SIGNED, mdoc.verify(Base64Url.encode(Cbor.encode(response))));
    }

    @Test
    @DisplayName("§9.3.1 step 5: neither before nor after the validity of the security object")
    void validity() {
        mdoc.until = TestCity.NOW.minusSeconds(600);
        assertRefused(Refusal.EXPIRED, mdoc.verify());
        mdoc.until = TestCity.NOW.plusSeconds(9000);
        mdoc.signed = TestCity.NOW.plusSeconds(900);
        assertRefused(Refusal.ISSUED_IN_FUTURE, mdoc.verify());
    }

    @Test
    @DisplayName("A document of a type that was not asked for is refused, however good it is")
    void otherType() {
        Verdict verdict = mdoc.city.verify(
                Presentation.in(Format.MDOC, mdoc.show(TestMdoc.SESSION, mdoc.city.holder)),
                TestMdoc.expectation().ofTypes(List.of("city.elicence.id.1")));
        assertRefused(Refusal.TYPE_NOT_ASKED_FOR, verdict);
    }

    @Test
    @DisplayName("Annex B.1.4: the certificate of the issuer's other signatures signs no documents")
    void notADocumentSigner() {
        mdoc.police = mdoc.city.police;
        assertRefused(Refusal.ISSUER_SIGNATURE_INVALID, mdoc.verify());
    }

    @Test
    @DisplayName("A stranger's document signer, though it names the police, is not of the police's authority")
    void otherIssuer() {
        TestParty stranger = TestParty.of("L8LS3rP7JFr4F7iJFUzi1q").asDocumentSigner();
        mdoc.police = stranger;
        assertRefused(Refusal.ISSUER_UNKNOWN, mdoc.verify());
        mdoc.police = new TestParty(
                        mdoc.city.police.did(),
                        stranger.authority(),
                        stranger.authorityKey(),
                        stranger.key(),
                        stranger.chain())
                .asDocumentSigner();
        assertRefused(Refusal.ISSUER_CHAIN_UNTRUSTED, mdoc.verify());
        mdoc.police = mdoc.city.registry.asDocumentSigner();
        assertRefused(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE, mdoc.verify());
    }

    @Test
    @DisplayName(
            "ISO/IEC 18013-5 second edition: a security object whose place in the status list says revoked is refused")
    void revoked() {
        mdoc.city.list.set(TestCity.INDEX, StatusList.INVALID);
        assertRefused(Refusal.REVOKED, mdoc.verify());
    }

    @Test
    @DisplayName("A verifier that may not ask for an element is refused it by its name in the document")
    void overAsking() {
        Verdict verdict = mdoc.city.verify(
                Presentation.in(Format.MDOC, mdoc.show(TestMdoc.SESSION, mdoc.city.holder)),
                TestMdoc.expectation().askedBy(mdoc.city.bank.did(), List.of(path(TestMdoc.ISO, "portrait"))));
        assertRefused(Refusal.ASKS_TOO_MUCH, verdict);
    }

    @Test
    @DisplayName("What an issuer sends is no presentation: without the device's proof nothing is accepted")
    void withoutDeviceProof() {
        assertRefused(Refusal.MALFORMED, mdoc.verify(mdoc.issue().toText()));
        Verdict received =
                mdoc.city.verify(Presentation.in(Format.MDOC, mdoc.issue().toText()), Expectation.receivedFromIssuer());
        assertEquals(mdoc.city.police.did(), accepted(received).issuer().did());
    }

    private static ClaimPath path(String nameSpace, String element) {
        return ClaimPath.of(nameSpace).then(element);
    }

    private static VerifiedCredential accepted(Verdict verdict) {
        return verdict.fold(Verdict.Accepted::credential, refused -> {
            throw new AssertionError(refused.refusal() + ": " + refused.detail());
        });
    }

    private static void assertRefused(Refusal expected, Verdict verdict) {
        verdict.fold(
                accepted -> {
                    throw new AssertionError("accepted");
                },
                refused -> {
                    assertEquals(expected, refused.refusal(), refused.detail());
                    return refused;
                });
    }
}
