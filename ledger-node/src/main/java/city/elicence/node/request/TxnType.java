package city.elicence.node.request;

/** The transaction types of Indy, by their numbers on the wire. */
public final class TxnType {
    public static final String NODE = "0";
    public static final String NYM = "1";
    public static final String GET_TXN = "3";
    public static final String TAA = "4";
    public static final String AML = "5";
    public static final String GET_TAA = "6";
    public static final String GET_AML = "7";
    public static final String TAA_DISABLE = "8";
    public static final String GET_FROZEN_LEDGERS = "10";
    public static final String ATTRIB = "100";
    public static final String SCHEMA = "101";
    public static final String CLAIM_DEF = "102";
    public static final String GET_ATTRIB = "104";
    public static final String GET_NYM = "105";
    public static final String GET_SCHEMA = "107";
    public static final String GET_CLAIM_DEF = "108";
    public static final String REVOC_REG_DEF = "113";
    public static final String REVOC_REG_ENTRY = "114";
    public static final String GET_REVOC_REG_DEF = "115";
    public static final String GET_REVOC_REG = "116";
    public static final String GET_REVOC_REG_DELTA = "117";
    public static final String VALIDATOR_INFO = "119";
    public static final String AUTH_RULE = "120";
    public static final String GET_AUTH_RULE = "121";

    private TxnType() {}
}
