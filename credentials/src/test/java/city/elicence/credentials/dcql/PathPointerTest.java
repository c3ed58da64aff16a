package city.elicence.credentials.dcql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PathPointerTest {
    static final String ARTHUR = DcqlParsingTest.json("{'name':'Arthur Dent','address':{'street_address':"
            + "'42 Market Street','locality':'Milliways','postal_code':'12345'},'degrees':["
            + "{'type':'Bachelor of Science','university':'University of Betelgeuse'},"
            + "{'type':'Master of Science','university':'University of Betelgeuse'}],"
            + "'nationalities':['British','Betelgeusian'],'mixed':[{'a':1},7],'sparse':[{'a':1},{'b':2}],"
            + "'nested':[[1,2],[3]],'nothing':null}");

    @Test
    @DisplayName("OpenID4VP 1.0 §7.3: the example's five paths")
    void example() throws Exception {
        assertSelects("[\"Arthur Dent\"]", "name");
        assertSelects(
                "[{\"street_address\":\"42 Market Street\",\"locality\":\"Milliways\",\"postal_code\":\"12345\"}]",
                "address");
        assertSelects("[\"42 Market Street\"]", "address", "street_address");
        assertSelects("[\"Bachelor of Science\",\"Master of Science\"]", "degrees", null, "type");
        assertSelects("[\"Betelgeusian\"]", "nationalities", 1);
    }

    @Test
    @DisplayName("§7.1.1 2.1: a key in something that is no object aborts; a key that is missing removes the element")
    void keys() throws Exception {
        assertSelects("[]", "name", "first");
        assertSelects("[]", "nationalities", "first");
        assertSelects("[]", "mixed", null, "a");
        assertSelects("[1]", "sparse", null, "a");
    }

    @Test
    @DisplayName("§7.1.1 2.2: null into something that is no array aborts")
    void nulls() throws Exception {
        assertSelects("[]", "address", null);
        assertSelects("[1,2,3]", "nested", null, null);
        assertSelects("[]", "nationalities", null, null);
    }

    @Test
    @DisplayName("§7.1.1 2.3: an index that does not exist removes the array")
    void indices() throws Exception {
        assertSelects("[]", "nationalities", 2);
        assertSelects("[2]", "nested", null, 1);
        assertSelects("[]", "name", 0);
    }

    @Test
    @DisplayName("§7.1.1 3: an empty selection is an error; a selected JSON null is not")
    void emptiness() throws Exception {
        assertSelects("[]", "nowhere");
        assertSelects("[null]", "nothing");
    }

    @Test
    @DisplayName("An element that was not disclosed keeps its index and is not selected")
    void undisclosed() {
        Map<String, Object> claims = Map.of("nationalities", Arrays.asList(HeldCredential.UNDISCLOSED, "Betelgeusian"));
        assertEquals(0, Selection.of(ClaimPath.of("nationalities", 0), claims).size());
        List<Selection.Selected> all = Selection.of(ClaimPath.of("nationalities", null), claims);
        assertEquals(List.of(new Selection.Selected(ClaimPath.of("nationalities", 1), "Betelgeusian")), all);
    }

    private static void assertSelects(String expected, @Nullable Object... path) throws Exception {
        List<@Nullable Object> values = new ArrayList<>();
        for (Selection.Selected selected : Selection.of(ClaimPath.of(path), Json.parseObject(ARTHUR))) {
            values.add(selected.value());
        }
        assertEquals(expected, Json.write(values));
    }
}
