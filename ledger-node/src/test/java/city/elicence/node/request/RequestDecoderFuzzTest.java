package city.elicence.node.request;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Fuzz target; in every build its corpus is replayed, and {@code JAZZER_FUZZ=1} lets it search. */
final class RequestDecoderFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void decode(byte[] message) {
        RequestDecoderTest.checked(message);
    }
}
