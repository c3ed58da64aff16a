package city.elicence.credentials.dcql;

import static city.elicence.credentials.dcql.DcqlParsingTest.json;
import static city.elicence.credentials.dcql.DcqlParsingTest.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DcqlMatchTest {
    private static final String PID = "https://credentials.example.com/identity_credential";
    private static final String OTHER_PID = "https://othercredentials.example/pid";
    private static final String REDUCED = "https://credentials.example.com/reduced_identity_credential";
    private static final String RESIDENCE = "https://cred.example/residence_credential";
    private static final String REWARDS = "https://company.example/company_rewards";
    private static final String DOE = json("{'given_name':'Jane','family_name':'Doe','postal_code':'90210',"
            + "'address':{'street_address':'42 Market Street'},'date_of_birth':'1990-01-01'}");

    private static final String SIMPLE = query("'id':'my_credential','format':'dc+sd-jwt','meta':{'vct_values':['" + PID
            + "']},'claims':[{'path':['family_name']},{'path':['given_name']},{'path':['address','street_address']}]");
    private static final String VALUES = query("'id':'a','format':'dc+sd-jwt','meta':{'vct_values':['" + PID
            + "']},'claims':[{'path':['family_name'],'values':['Doe']},"
            + "{'path':['postal_code'],'values':['90210','90211']}]");
    private static final String CLAIM_SETS = query("'id':'pid','format':'dc+sd-jwt','meta':{'vct_values':['" + PID
            + "']},'claims':[{'id':'a','path':['family_name']},{'id':'b','path':['postal_code']},"
            + "{'id':'c','path':['locality']},{'id':'d','path':['region']},{'id':'e','path':['date_of_birth']}],"
            + "'claim_sets':[['a','c','d','e'],['a','b','e']]");
    private static final String TWO = json("{'credentials':[{'id':'pid','format':'dc+sd-jwt','meta':{'vct_values':['"
            + PID + "']},'claims':[{'path':['given_name']}]},{'id':'mdl','format':'mso_mdoc','meta':{'doctype_value':"
            + "'org.iso.7367.1.mVRC'},'claims':[{'path':['org.iso.7367.1','vehicle_holder']}]}]}");
    private static final String CREDENTIAL_SETS = json("{'credentials':["
            + of("pid", PID, "family_name") + "," + of("other_pid", OTHER_PID, "family_name") + ","
            + of("pid_reduced_cred_1", REDUCED, "family_name") + "," + of("pid_reduced_cred_2", RESIDENCE, "locality")
            + "," + of("nice_to_have", REWARDS, "rewards_number") + "],'credential_sets':[{'options':[['pid'],"
            + "['other_pid'],['pid_reduced_cred_1','pid_reduced_cred_2']]},"
            + "{'required':false,'options':[['nice_to_have']]}]}");
    private static final String MDOCS = json("{'credentials':["
            + mdoc("mdl-id", "org.iso.18013.5.1.mDL", "portrait") + ","
            + mdoc("mdl-address", "org.iso.18013.5.1.mDL", "resident_address") + ","
            + mdoc("photo_card-id", "org.iso.23220.photoid.1", "portrait") + ","
            + mdoc("photo_card-address", "org.iso.23220.photoid.1", "resident_address")
            + "],'credential_sets':[{'options':[['mdl-id'],['photo_card-id']]},"
            + "{'required':false,'options':[['mdl-address'],['photo_card-address']]}]}");

    private static String of(String id, String vct, String claim) {
        return "{'id':'" + id + "','format':'dc+sd-jwt','meta':{'vct_values':['" + vct + "']},'claims':[{'path':['"
                + claim + "']}]}";
    }

    private static String mdoc(String id, String doctype, String element) {
        return "{'id':'" + id + "','format':'mso_mdoc','meta':{'doctype_value':'" + doctype
                + "'},'claims':[{'path':['org.iso.18013.5.1','given_name']},{'path':['org.iso.18013.5.1','" + element
                + "']}]}";
    }

    @Test
    @DisplayName("§6: a simple query matches, and discloses what it asks for and nothing else")
    void simple() throws Exception {
        DcqlMatch<Held> match = match(SIMPLE, Held.sdJwtVc(PID, DOE));
        assertTrue(match.isSatisfiable());
        assertEquals(
                Set.of(
                        ClaimPath.of("family_name"),
                        ClaimPath.of("given_name"),
                        ClaimPath.of("address", "street_address")),
                disclosed(match, "my_credential"));
    }

    @Test
    @DisplayName("§6.4.1: if the wallet cannot deliver all claims, it must not return the credential")
    void missingClaim() throws Exception {
        String without = json("{'given_name':'Jane','family_name':'Doe','address':{'locality':'Milliways'}}");
        DcqlMatch<Held> match = match(SIMPLE, Held.sdJwtVc(PID, without));
        assertFalse(match.isSatisfiable());
        assertTrue(match.preferred().isEmpty());
        assertEquals(Map.of("my_credential", Mismatch.CLAIMS), match.misses());
    }

    @Test
    @DisplayName("§6.1: format, type, trusted authority and holder binding each exclude a credential")
    void constraints() throws Exception {
        String query = query(
                "'id':'a','format':'dc+sd-jwt','meta':{'vct_values':['u','v']},"
                        + "'trusted_authorities':[{'type':'aki','values':['K1','K2']},{'type':'etsi_tl','values':['https://t']}]");
        Held good = Held.sdJwtVc("v", "{}").by("K2");
        assertTrue(match(query, good).isSatisfiable());
        assertEquals(Mismatch.ABSENT, match(query).misses().get("a"));
        assertEquals(
                Mismatch.FORMAT,
                match(query, Held.mdoc("v", "{}").by("K2")).misses().get("a"));
        assertEquals(
                Mismatch.TYPE,
                match(query, Held.sdJwtVc("w", "{}").by("K2")).misses().get("a"));
        assertEquals(
                Mismatch.AUTHORITY,
                match(query, Held.sdJwtVc("v", "{}").by("https://t")).misses().get("a"));
        assertEquals(
                Mismatch.HOLDER_BINDING, match(query, good.unbound()).misses().get("a"));
    }

    @Test
    @DisplayName("§6.1: require_cryptographic_holder_binding false accepts a credential without it")
    void withoutHolderBinding() throws Exception {
        String query = query("'id':'a','format':'dc+sd-jwt','meta':{},'require_cryptographic_holder_binding':false");
        assertTrue(match(query, Held.sdJwtVc("v", "{}").unbound()).isSatisfiable());
    }

    @Test
    @DisplayName("B.1.1: all types of one alternative must be there")
    void w3cTypes() throws Exception {
        String query =
                query("'id':'a','format':'jwt_vc_json','meta':{'type_values':[['VC','Alumni','Degree'],['Identity']]}");
        Map<String, Object> none = Map.of();
        assertTrue(match(query, new Held("jwt_vc_json", Set.of("VC", "Identity"), none, Set.of(), true))
                .isSatisfiable());
        assertFalse(match(query, new Held("jwt_vc_json", Set.of("VC", "Alumni"), none, Set.of(), true))
                .isSatisfiable());
    }

    @Test
    @DisplayName("§6.4.1: claims absent asks for no claim that is selectively disclosable")
    void noClaims() throws Exception {
        DcqlMatch<Held> match = match(query("'id':'a','format':'dc+sd-jwt','meta':{}"), Held.sdJwtVc("v", DOE));
        assertEquals(Set.of(), disclosed(match, "a"));
    }

    @Test
    @DisplayName("§6.4.1: of claim_sets the first that can be satisfied is taken")
    void claimSets() throws Exception {
        String first = json("{'family_name':'D','locality':'L','region':'R','date_of_birth':'x','postal_code':'1'}");
        String second = json("{'family_name':'D','postal_code':'1','date_of_birth':'x'}");
        String neither = json("{'family_name':'D','postal_code':'1'}");
        assertEquals(
                Set.of(
                        ClaimPath.of("family_name"),
                        ClaimPath.of("locality"),
                        ClaimPath.of("region"),
                        ClaimPath.of("date_of_birth")),
                disclosed(match(CLAIM_SETS, Held.sdJwtVc(PID, first)), "pid"));
        assertEquals(
                Set.of(ClaimPath.of("family_name"), ClaimPath.of("postal_code"), ClaimPath.of("date_of_birth")),
                disclosed(match(CLAIM_SETS, Held.sdJwtVc(PID, second)), "pid"));
        assertFalse(match(CLAIM_SETS, Held.sdJwtVc(PID, neither)).isSatisfiable());
    }

    @Test
    @DisplayName("§6.3: values match by type and value, exactly")
    void values() throws Exception {
        assertTrue(match(VALUES, Held.sdJwtVc(PID, DOE)).isSatisfiable());
        assertFalse(match(VALUES, Held.sdJwtVc(PID, DOE.replace("Doe", "doe"))).isSatisfiable());
        assertFalse(match(VALUES, Held.sdJwtVc(PID, DOE.replace("\"90210\"", "90210")))
                .isSatisfiable());
        String query =
                query("'id':'a','format':'dc+sd-jwt','meta':{},'claims':[{'path':['x'],'values':[true,7,'seven']}]");
        for (String x : List.of("true", "7", "\"seven\"")) {
            assertTrue(match(query, Held.sdJwtVc("v", "{\"x\":" + x + "}")).isSatisfiable(), x);
        }
        for (String x : List.of("false", "\"true\"", "7.0", "8", "null", "[7]", "\"Seven\"")) {
            assertFalse(match(query, Held.sdJwtVc("v", "{\"x\":" + x + "}")).isSatisfiable(), x);
        }
    }

    @Test
    @DisplayName("§6.4.1: elements that do not match values are treated as if they did not exist")
    void valuesInArrays() throws Exception {
        String query = query("'id':'a','format':'dc+sd-jwt','meta':{},"
                + "'claims':[{'path':['nationalities',null],'values':['Betelgeusian']}]");
        DcqlMatch<Held> match = match(query, Held.sdJwtVc("v", PathPointerTest.ARTHUR));
        assertEquals(Set.of(ClaimPath.of("nationalities", 1)), disclosed(match, "a"));
    }

    @Test
    @DisplayName("§6.1: the same claim asked for twice is disclosed once")
    void duplicateClaims() throws Exception {
        String query = query(
                "'id':'a','format':'dc+sd-jwt','meta':{},'claims':[{'path':['given_name']},{'path':['given_name']}]");
        assertEquals(Set.of(ClaimPath.of("given_name")), disclosed(match(query, Held.sdJwtVc("v", DOE)), "a"));
    }

    @Test
    @DisplayName("§6.4.2: without credential_sets all credentials must be delivered")
    void allCredentials() throws Exception {
        Held pid = Held.sdJwtVc(PID, DOE);
        Held vehicle = Held.mdoc(
                "org.iso.7367.1.mVRC",
                json("{'org.iso.7367.1':{'vehicle_holder':'Jane'},'org.iso.18013.5.1':{'given_name':'Jane'}}"));
        assertTrue(match(TWO, pid, vehicle).isSatisfiable());
        DcqlMatch<Held> half = match(TWO, pid);
        assertFalse(half.isSatisfiable());
        assertEquals(Set.of(), half.requiredIds());
    }

    @Test
    @DisplayName("§6.4.2: of a required set one option; optional sets only if the holder wants; order is preference")
    void credentialSets() throws Exception {
        String query = CREDENTIAL_SETS;
        Held pid = Held.sdJwtVc(PID, DOE);
        Held other = Held.sdJwtVc(OTHER_PID, DOE);
        Held reduced = Held.sdJwtVc(REDUCED, DOE);
        Held residence = Held.sdJwtVc(RESIDENCE, json("{'postal_code':'1','locality':'L','region':'R'}"));
        Held rewards = Held.sdJwtVc(REWARDS, json("{'rewards_number':'7'}"));
        assertEquals(Set.of("pid"), match(query, other, pid, rewards).requiredIds());
        assertEquals(Set.of("other_pid"), match(query, other, reduced).requiredIds());
        assertEquals(
                Set.of("pid_reduced_cred_1", "pid_reduced_cred_2"),
                match(query, residence, reduced).requiredIds());
        assertFalse(match(query, reduced, rewards).isSatisfiable());
        DcqlMatch<Held> all = match(query, pid, other, rewards);
        List<CredentialSetQuery> sets = DcqlQuery.parse(query).credentialSets();
        assertEquals(List.of(List.of("pid"), List.of("other_pid")), all.deliverable(sets.get(0)));
        assertEquals(List.of(List.of("nice_to_have")), all.deliverable(sets.get(1)));
    }

    @Test
    @DisplayName("§6.4.2: a query with optional sets alone is satisfied by nothing")
    void onlyOptional() throws Exception {
        DcqlMatch<Held> match = match(json("{'credentials':[{'id':'a','format':'x','meta':{}}],"
                + "'credential_sets':[{'options':[['a']],'required':false}]}"));
        assertTrue(match.isSatisfiable());
        assertTrue(match.preferred().isEmpty());
    }

    @Test
    @DisplayName("§6.2: mDL or photo ID, with the address if there is one")
    void complexMdoc() throws Exception {
        Held photoId = Held.mdoc(
                "org.iso.23220.photoid.1",
                json("{'org.iso.18013.5.1':{'given_name':'J','family_name':'D','portrait':'p'}}"));
        DcqlMatch<Held> match = match(MDOCS, photoId);
        assertEquals(Set.of("photo_card-id"), match.requiredIds());
        assertEquals(
                Set.of(ClaimPath.of("org.iso.18013.5.1", "given_name"), ClaimPath.of("org.iso.18013.5.1", "portrait")),
                disclosed(match, "photo_card-id"));
    }

    @Test
    @DisplayName("§8.6: the verifier finds each way in which presentations fall short of its query")
    void shortfalls() throws Exception {
        DcqlQuery query = DcqlQuery.parse(SIMPLE);
        Held good = Held.sdJwtVc(PID, DOE);
        assertTrue(query.isSatisfiedBy(Map.of("my_credential", List.of(good))));
        assertShort(Mismatch.ABSENT, query, Map.of());
        assertShort(Mismatch.ABSENT, query, Map.of("my_credential", List.of()));
        assertShort(Mismatch.TOO_MANY, query, Map.of("my_credential", List.of(good, good)));
        assertShort(Mismatch.TYPE, query, Map.of("my_credential", List.of(Held.sdJwtVc("w", DOE))));
        assertShort(Mismatch.CLAIMS, query, Map.of("my_credential", List.of(Held.sdJwtVc(PID, "{}"))));
        assertShort(Mismatch.HOLDER_BINDING, query, Map.of("my_credential", List.of(good.unbound())));
        Map<String, List<Held>> more = new LinkedHashMap<>();
        more.put("my_credential", List.of(good));
        more.put("not_asked", List.of(good));
        assertEquals(Map.of("not_asked", Mismatch.UNKNOWN_ID), query.shortfalls(more));
    }

    @Test
    @DisplayName("§8.6: half an option of a required credential set does not satisfy it")
    void shortfallOfSets() throws Exception {
        DcqlQuery query = DcqlQuery.parse(CREDENTIAL_SETS);
        Held reduced = Held.sdJwtVc(REDUCED, DOE);
        Held residence = Held.sdJwtVc(RESIDENCE, json("{'postal_code':'1','locality':'L','region':'R'}"));
        assertEquals(
                Map.of("pid", Mismatch.CREDENTIAL_SET),
                query.shortfalls(Map.of("pid_reduced_cred_1", List.of(reduced))));
        assertTrue(query.isSatisfiedBy(
                Map.of("pid_reduced_cred_1", List.of(reduced), "pid_reduced_cred_2", List.of(residence))));
    }

    @Test
    @DisplayName("§6.1: with multiple, every presentation must fit")
    void multiple() throws Exception {
        DcqlQuery query = DcqlQuery.parse(query(
                "'id':'a','format':'dc+sd-jwt','meta':{'vct_values':['v']},'multiple':true,'claims':[{'path':['x']}]"));
        Held one = Held.sdJwtVc("v", "{\"x\":1}");
        Held other = Held.sdJwtVc("v", "{\"y\":1}");
        assertTrue(query.isSatisfiedBy(Map.of("a", List.of(one, one))));
        assertFalse(query.isSatisfiedBy(Map.of("a", List.of(one, other))));
        assertEquals(2, query.match(List.of(one, other, one)).candidates("a").size());
    }

    private static Set<ClaimPath> disclosed(DcqlMatch<Held> match, String id) {
        return Objects.requireNonNull(match.preferred().get(id)).claims();
    }

    private static void assertShort(Mismatch expected, DcqlQuery query, Map<String, List<Held>> presented) {
        assertEquals(Map.of("my_credential", expected), query.shortfalls(presented));
    }

    private static DcqlMatch<Held> match(String query, Held... held) throws Exception {
        return DcqlQuery.parse(query).match(new ArrayList<>(List.of(held)));
    }
}
