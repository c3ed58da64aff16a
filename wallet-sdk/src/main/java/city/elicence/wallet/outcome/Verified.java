package city.elicence.wallet.outcome;

/** Takes a refusal of the table that all verifiers share over into the wallet's outcomes, words and all. */
public final class Verified {
    private Verified() {}

    public static Refusal refusal(city.elicence.credentials.verify.refusal.Refusal refusal, String detail) {
        return new Refusal(
                refusal.code(),
                new Words(refusal.zh(), refusal.en()),
                new Words(refusal.nextStepZh(), refusal.nextStepEn()),
                detail);
    }
}
