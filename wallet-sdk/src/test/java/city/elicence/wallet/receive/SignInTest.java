package city.elicence.wallet.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VCI 1.0 §5 with HAIP 1.0 §4: authorization code, PAR, PKCE, iss")
class SignInTest {
    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    private Receiving.SignInNeeded begun() {
        OfferPreview preview = town.wallet
                .readOffer(TownIssuer.link(town.issuer.signInOffer()))
                .orThrow();
        assertTrue(preview.signInNeeded());
        return (Receiving.SignInNeeded) town.wallet.accept(preview, null).orThrow();
    }

    @Test
    @DisplayName("The request is pushed, the holder signs in, the licence comes; also after a restart in between")
    void signIn() {
        Receiving.SignInNeeded begun = begun();
        assertFalse(begun.page().toString().contains("code_challenge"), "the request itself is pushed");
        assertEquals(
                PendingReceipt.Step.SIGNING_IN, town.wallet.pending().get(0).step());
        town.restart();
        String back = town.issuer.signIn(begun.page().toString());
        assertInstanceOf(Receiving.Received.class, town.wallet.signedIn(back).orThrow());
        assertEquals(1, town.wallet.cards().size());
        assertEquals(List.of(), town.wallet.pending());
    }

    @Test
    @DisplayName("RFC 9126 §4: a page that was left is asked for again")
    void again() {
        Receiving.SignInNeeded begun = begun();
        Receiving.SignInNeeded again =
                (Receiving.SignInNeeded) town.wallet.resume(begun.pendingId()).orThrow();
        String back = town.issuer.signIn(again.page().toString());
        assertInstanceOf(Receiving.Received.class, town.wallet.signedIn(back).orThrow());
    }

    @Test
    @DisplayName("RFC 9207 §2.4: an answer that names another server, or none, never reaches the token endpoint")
    void mixUp() {
        String back = town.issuer.signIn(begun().page().toString());
        String other = back.replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fother.example");
        assertTrue(Town.refusal(town.wallet.signedIn(other)).is(Reason.SIGN_IN_MISMATCH));
        String none = back.replaceAll("&iss=[^&]*", "");
        assertTrue(Town.refusal(town.wallet.signedIn(none)).is(Reason.SIGN_IN_MISMATCH));
        assertEquals(0, town.issuer.tokensGiven);
    }

    @Test
    @DisplayName("RFC 6749 §10.12: an answer with a state that nobody waits for, or to another address")
    void forgedState() {
        String back = town.issuer.signIn(begun().page().toString());
        String forged = back.replaceAll("state=[^&]*", "state=forged");
        assertTrue(Town.refusal(town.wallet.signedIn(forged)).is(Reason.SIGN_IN_MISMATCH));
        assertTrue(Town.refusal(town.wallet.signedIn("other-app://x?" + back.substring(back.indexOf('?') + 1)))
                .is(Reason.SIGN_IN_MISMATCH));
    }

    @Test
    @DisplayName("A code is good once")
    void codeTwice() {
        String back = town.issuer.signIn(begun().page().toString());
        assertInstanceOf(Receiving.Received.class, town.wallet.signedIn(back).orThrow());
        assertTrue(Town.refusal(town.wallet.signedIn(back)).is(Reason.SIGN_IN_MISMATCH));
    }

    @Test
    @DisplayName("RFC 6749 §4.1.2.1: a sign-in that was refused is told, and can be begun again")
    void refused() {
        Receiving.SignInNeeded begun = begun();
        String back = town.issuer.signIn(begun.page().toString()).replaceAll("code=[^&]*", "error=access_denied");
        assertTrue(Town.refusal(town.wallet.signedIn(back)).is(Reason.SIGN_IN_FAILED));
        assertEquals(1, town.wallet.pending().size());
    }

    @Test
    @DisplayName("Two sign-ins under way are told apart")
    void two() {
        Receiving.SignInNeeded first = begun();
        Receiving.SignInNeeded second = begun();
        assertInstanceOf(
                Receiving.Received.class,
                town.wallet
                        .signedIn(town.issuer.signIn(second.page().toString()))
                        .orThrow());
        assertEquals(first.pendingId(), town.wallet.pending().get(0).id());
        assertInstanceOf(
                Receiving.Received.class,
                town.wallet
                        .signedIn(town.issuer.signIn(first.page().toString()))
                        .orThrow());
        assertEquals(2, town.wallet.cards().size());
    }
}
