package city.elicence.credentials.dcql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DcqlParsingTest {
    @Test
    @DisplayName("OpenID4VP 1.0 annex D: every example is read, and written again with the same meaning")
    void examples() throws Exception {
        List<Path> files = Vectors.files("openid4vp-1.0/examples/query_lang");
        assertEquals(7, files.size());
        for (Path file : files) {
            Map<String, Object> json = Json.parseObject(Vectors.read(file));
            DcqlQuery query = DcqlQuery.parse(json);
            assertEquals(Json.writeSorted(json), Json.writeSorted(query.toJson()), file.toString());
            assertEquals(query, DcqlQuery.parse(query.toJson()));
        }
    }

    @Test
    @DisplayName("§6: unknown properties are ignored at every level")
    void unknownProperties() throws Exception {
        String known = query("'id':'a','format':'dc+sd-jwt','meta':{'vct_values':['v']},'claims':[{'path':['x']}]");
        String extended = query("'id':'a','format':'dc+sd-jwt','new':1,'meta':{'vct_values':['v'],'new':[]},"
                        + "'claims':[{'path':['x'],'new':{}}]")
                .replaceFirst("\\{", "{\"new\":true,");
        assertEquals(DcqlQuery.parse(known), DcqlQuery.parse(extended));
    }

    @Test
    @DisplayName("§6.1: defaults are multiple false, holder binding required, sets required")
    void defaults() throws Exception {
        DcqlQuery query = DcqlQuery.parse(json(
                "{'credentials':[{'id':'a','format':'x','meta':{}}]," + "'credential_sets':[{'options':[['a']]}]}"));
        CredentialQuery credential = query.credentials().get(0);
        assertEquals(false, credential.multiple());
        assertTrue(credential.requireHolderBinding());
        assertTrue(query.credentialSets().get(0).required());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "§6 credentials is required | {}",
                "§6 credentials is not empty | {'credentials':[]}",
                "§6 credentials is an array | {'credentials':{}}",
                "§6 credential_sets is not empty | {'credentials':[C],'credential_sets':[]}",
                "§6.1 id is required | {'credentials':[{'format':'x','meta':{}}]}",
                "§6.1 id is not empty | {'credentials':[{'id':'','format':'x','meta':{}}]}",
                "§6.1 id has letters, digits, _ and - only | {'credentials':[{'id':'a.b','format':'x','meta':{}}]}",
                "§6.1 id has ASCII letters only | {'credentials':[{'id':'ä','format':'x','meta':{}}]}",
                "§6.1 no id twice | {'credentials':[C,C]}",
                "§6.1 format is required | {'credentials':[{'id':'a','meta':{}}]}",
                "§6.1 meta is required | {'credentials':[{'id':'a','format':'x'}]}",
                "§6.1 multiple is a boolean | {'credentials':[{'id':'a','format':'x','meta':{},'multiple':'true'}]}",
                "§6.1 holder binding is a boolean | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'require_cryptographic_holder_binding':1}]}",
                "§6.1 trusted_authorities is not empty | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'trusted_authorities':[]}]}",
                "§6.1.1 type is required | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'trusted_authorities':[{'values':['k']}]}]}",
                "§6.1.1 values is not empty | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'trusted_authorities':[{'type':'aki','values':[]}]}]}",
                "§6.1.1 values are strings | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'trusted_authorities':[{'type':'aki','values':[1]}]}]}",
                "§6.1 claims is not empty | {'credentials':[{'id':'a','format':'x','meta':{},'claims':[]}]}",
                "§6.1 claim_sets needs claims | {'credentials':[{'id':'a','format':'x','meta':{},'claim_sets':[['a']]}]}",
                "§6.1 claim_sets is not empty | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'id':'c','path':['x']}],'claim_sets':[]}]}",
                "§6.1 a claim set is not empty | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'id':'c','path':['x']}],'claim_sets':[[]]}]}",
                "§6.1 a claim set names known claims | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'id':'c','path':['x']}],'claim_sets':[['d']]}]}",
                "§6.3 id is required beside claim_sets | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'id':'c','path':['x']},{'path':['y']}],'claim_sets':[['c']]}]}",
                "§6.3 no claim id twice | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'id':'c','path':['x']},{'id':'c','path':['y']}]}]}",
                "§6.3 claim id has the letters of ids | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'id':'c d','path':['x']}]}]}",
                "§6.3 path is required | {'credentials':[{'id':'a','format':'x','meta':{},'claims':[{'id':'c'}]}]}",
                "§6.3 path is not empty | {'credentials':[{'id':'a','format':'x','meta':{},'claims':[{'path':[]}]}]}",
                "§6.3 values is not empty | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'path':['x'],'values':[]}]}]}",
                "§6.3 values are strings, integers, booleans | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'path':['x'],'values':[1.5]}]}]}",
                "§6.3 values are not null | {'credentials':[{'id':'a','format':'x','meta':{},"
                        + "'claims':[{'path':['x'],'values':[null]}]}]}",
                "§7 no negative index | {'credentials':[{'id':'a','format':'x','meta':{},'claims':[{'path':['x',-1]}]}]}",
                "§7 no fraction | {'credentials':[{'id':'a','format':'x','meta':{},'claims':[{'path':['x',0.5]}]}]}",
                "§7 no boolean | {'credentials':[{'id':'a','format':'x','meta':{},'claims':[{'path':['x',true]}]}]}",
                "§7.2 an mdoc path has two components | {'credentials':[{'id':'a','format':'mso_mdoc',"
                        + "'meta':{'doctype_value':'d'},'claims':[{'path':['x']}]}]}",
                "§7.2 an mdoc path has strings | {'credentials':[{'id':'a','format':'mso_mdoc',"
                        + "'meta':{'doctype_value':'d'},'claims':[{'path':['x',0]}]}]}",
                "§6.2 options is required | {'credentials':[C],'credential_sets':[{}]}",
                "§6.2 options is not empty | {'credentials':[C],'credential_sets':[{'options':[]}]}",
                "§6.2 an option is not empty | {'credentials':[C],'credential_sets':[{'options':[[]]}]}",
                "§6.2 an option names known credentials | {'credentials':[C],'credential_sets':[{'options':[['b']]}]}",
                "§6.2 required is a boolean | {'credentials':[C],'credential_sets':[{'options':[['a']],'required':0}]}",
                "B.3.5 vct_values is not empty | {'credentials':[{'id':'a','format':'dc+sd-jwt','meta':{'vct_values':[]}}]}",
                "B.3.5 vct_values is an array | {'credentials':[{'id':'a','format':'dc+sd-jwt','meta':{'vct_values':'v'}}]}",
                "B.2.3 doctype_value is a string | {'credentials':[{'id':'a','format':'mso_mdoc',"
                        + "'meta':{'doctype_value':['d']}}]}",
                "B.1.1 type_values is an array of arrays | {'credentials':[{'id':'a','format':'jwt_vc_json',"
                        + "'meta':{'type_values':['T']}}]}",
                "B.2.4 intent_to_retain is a boolean | {'credentials':[{'id':'a','format':'mso_mdoc',"
                        + "'meta':{'doctype_value':'d'},'claims':[{'path':['n','e'],'intent_to_retain':'no'}]}]}"
            })
    void invalid(String rule, String query) throws Exception {
        Map<String, Object> json = Json.parseObject(json(query.replace("C", "{'id':'a','format':'x','meta':{}}")));
        assertThrows(JsonException.class, () -> DcqlQuery.parse(json), rule);
    }

    @Test
    @DisplayName("Every array has a limit")
    void limits() {
        StringBuilder many = new StringBuilder("{'path':['x0']}");
        for (int i = 1; i <= 100; i++) {
            many.append(",{'path':['x").append(i).append("']}");
        }
        String query = query("'id':'a','format':'x','meta':{},'claims':[" + many + "]");
        assertThrows(JsonException.class, () -> DcqlQuery.parse(query));
    }

    @Test
    @DisplayName("§8.1: a VP token has an array for each id of the query, with one presentation unless multiple")
    void vpToken() throws Exception {
        DcqlQuery one = DcqlQuery.parse(query("'id':'a','format':'x','meta':{}"));
        DcqlQuery many = DcqlQuery.parse(query("'id':'a','format':'x','meta':{},'multiple':true"));
        VpToken token = VpToken.parse(Json.parseObject("{\"a\":[\"p\"]}"), one);
        assertEquals(VpToken.ofOne(Map.of("a", "p")), token);
        assertEquals("{\"a\":[\"p\"]}", Json.write(token.toJson()));
        assertEquals(
                List.of("p", "q"),
                VpToken.parse(Json.parseObject("{\"a\":[\"p\",\"q\"]}"), many)
                        .presentations()
                        .get("a"));
        for (String wrong : List.of(
                "{\"b\":[\"p\"]}",
                "{\"a\":\"p\"}",
                "{\"a\":[]}",
                "{\"a\":[1]}",
                "{\"a\":[null]}",
                "{\"a\":[\"p\",\"q\"]}")) {
            Map<String, Object> json = Json.parseObject(wrong);
            assertThrows(JsonException.class, () -> VpToken.parse(json, one), wrong);
        }
    }

    static String query(String credential) {
        return json("{'credentials':[{" + credential + "}]}");
    }

    static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
