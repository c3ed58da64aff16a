package city.elicence.credentials.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.trust.TrustView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A property: of an accepted presentation, no single bit may be another. */
class FlippedBitTest {
    private static final long SEED = 20261123;
    private static final int FLIPS = 1500;

    private final TestCity city = new TestCity();
    private final PresentationVerifier verifier = new PresentationVerifier((key, until, now) -> true);

    @Test
    @DisplayName("One flipped bit is never accepted, and never thrown")
    void online() throws Exception {
        Expectation expectation = city.expectation();
        flip(city.presentation(), expectation, city.trust());
    }

    @Test
    @DisplayName("One flipped bit is never accepted, with the receipt in the key binding")
    void withReceipt() throws Exception {
        SdJwt issued = city.issue();
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        Receipt receipt = city.receipt(issued, salt);
        SdJwt shown = KeyBinding.sign(
                issued,
                TestCity.NONCE,
                TestCity.AUDIENCE,
                TestCity.NOW,
                Map.of("anchor_receipt", receipt.toJson()),
                city.holder);
        TrustView trust = city.trust(
                b -> b.logHeads(List.of(TestCity.logHead(city.police, TestCity.log(issued, salt), TestCity.NOW))));
        flip(Presentation.of(shown.serialize()), city.expectation().withReceipt(Need.REQUIRED), trust);
    }

    private void flip(Presentation presentation, Expectation expectation, TrustView trust) {
        assertTrue(
                verifier.verify(presentation, expectation, trust, TestCity.NOW).isAccepted());
        byte[] ascii = presentation.text().getBytes(StandardCharsets.US_ASCII);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < FLIPS; i++) {
            int at = random.nextInt(ascii.length);
            int bit = random.nextInt(8);
            byte[] flipped = ascii.clone();
            flipped[at] ^= (byte) (1 << bit);
            Presentation altered = Presentation.of(new String(flipped, StandardCharsets.ISO_8859_1));
            assertFalse(
                    verifier.verify(altered, expectation, trust, TestCity.NOW).isAccepted(),
                    "accepted with bit " + bit + " of character " + at + " flipped, seed " + SEED);
        }
    }
}
