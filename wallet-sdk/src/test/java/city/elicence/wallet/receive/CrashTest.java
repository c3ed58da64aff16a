package city.elicence.wallet.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The wallet dies, or its network does, before and after each remote call. What must hold: no licence that it was given is
 * lost, none is issued to two sets of keys, no key is left over, and asking again ends it, one way or the other.
 */
@DisplayName("kill -9 and lost networks at every step of receiving")
class CrashTest {
    @Test
    @DisplayName("A reception with nothing failing makes this many calls")
    void calls() {
        try (Town town = new Town()) {
            assertEquals(5, callsOf(town), "token twice for its DPoP nonce, nonce, credential, notification");
        }
    }

    private static int callsOf(Town town) {
        OfferPreview preview = town.preview();
        int before = town.wire.calls().size();
        town.wallet.accept(preview, null).orThrow();
        return town.wire.calls().size() - before;
    }

    @TestFactory
    @DisplayName("Each call, each fate")
    Stream<DynamicTest> everywhere() {
        int calls;
        try (Town town = new Town()) {
            calls = callsOf(town);
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            for (Wire.Fate fate : Wire.Fate.values()) {
                int number = call;
                tests.add(DynamicTest.dynamicTest("call " + number + " " + fate, () -> dies(number, fate, false)));
                tests.add(DynamicTest.dynamicTest(
                        "call " + number + " " + fate + ", deferred", () -> dies(number, fate, true)));
            }
        }
        return tests.stream();
    }

    private static void dies(int call, Wire.Fate fate, boolean deferred) {
        try (Town town = new Town()) {
            town.issuer.deferrals = deferred ? 1 : 0;
            OfferPreview preview = town.preview();
            town.wire.meet(call, fate);
            try {
                assertNotNull(town.wallet.accept(preview, null));
            } catch (Wire.Killed e) {
                town.restart();
            }
            String spent = untilDone(town);
            boolean tokenLost = town.issuer.tokensGiven == 1 && !spent.isEmpty();
            if (tokenLost) {
                // The token was given and never arrived: the code is spent, and nothing was issued that could be lost.
                assertEquals(Reason.OFFER_NOT_HONOURED.code(), spent);
                assertEquals(0, town.issuer.issued());
                assertEquals(List.of(), town.keyStore.names());
                return;
            }
            assertEquals("", spent);
            assertEquals(1, town.wallet.cards().size());
            assertEquals(1, town.issuer.issued(), "asked again with the same keys");
            assertEquals(3, town.wallet.cards().get(0).freshCopies());
            assertEquals(3, town.keyStore.names().size(), "one key for each copy, and no other");
            assertEquals(1, town.wallet.history().size());
        }
    }

    /** Resumes until nothing is pending; the code of the refusal that ended it, or nothing. */
    private static String untilDone(Town town) {
        for (int round = 0; round < 5; round++) {
            List<PendingReceipt> pending = town.wallet.pending();
            if (pending.isEmpty()) {
                return "";
            }
            String refused = "";
            try {
                Outcome<Receiving> outcome = town.wallet.resume(pending.get(0).id());
                refused = outcome.fold(receiving -> "", refusal -> refusal.code());
            } catch (Wire.Killed e) {
                town.restart();
            }
            if (!refused.isEmpty()) {
                assertTrue(town.wallet.pending().isEmpty());
                return refused;
            }
        }
        throw new AssertionError("still pending");
    }

    @Test
    @DisplayName("A sign-in survives a kill between the browser's answer and the token")
    void signIn() {
        try (Town town = new Town()) {
            OfferPreview preview = town.wallet
                    .readOffer(TownIssuer.link(town.issuer.signInOffer()))
                    .orThrow();
            Receiving.SignInNeeded begun =
                    (Receiving.SignInNeeded) town.wallet.accept(preview, null).orThrow();
            String back = town.issuer.signIn(begun.page().toString());
            town.wire.meet(0, Wire.Fate.KILLED_BEFORE);
            try {
                assertNotNull(town.wallet.signedIn(back));
            } catch (Wire.Killed e) {
                town.restart();
            }
            assertEquals(
                    PendingReceipt.Step.ACCEPTED, town.wallet.pending().get(0).step());
            assertEquals("", untilDone(town));
            assertEquals(1, town.wallet.cards().size());
        }
    }
}
