package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A catalogue is a set of files: one more is one type more, and a mistake in it is named. */
class CatalogueFilesTest {
    private static final Catalogue BUILT_IN = Catalogue.builtIn();

    /** A licence that no code has heard of. */
    private static final String FISHING = """
            {
              "id": "fishing-permit",
              "version": 1,
              "family": "citizen",
              "holder": "citizen",
              "label": {"zh": "钓鱼许可证", "en": "Fishing permit"},
              "description": {"zh": "在城市水域垂钓的许可", "en": "The right to fish in the city's waters"},
              "subject": "id_number",
              "issuers": ["civil-affairs"],
              "validity": {"longest": "P1Y", "until": "valid_until"},
              "card": {"colour": "#0f4c81", "ink": "#ffffff", "emblem": "leaf", "summary": ["holder_name"]},
              "claims": [
                {"name": "holder_name", "label": {"zh": "姓名", "en": "Name"}, "type": "string", "disclosure": "selective", "mandatory": true},
                {"name": "id_number", "label": {"zh": "公民身份号码", "en": "Citizen ID number"}, "type": "string", "validator": "citizen-id", "disclosure": "selective", "mandatory": true},
                {"name": "birth_date", "label": {"zh": "出生日期", "en": "Date of birth"}, "type": "date", "disclosure": "selective", "mandatory": true},
                {"name": "valid_until", "label": {"zh": "有效期至", "en": "Valid until"}, "type": "date", "disclosure": "always", "mandatory": true},
                {"name": "waters", "label": {"zh": "水域", "en": "Waters"}, "type": "array", "disclosure": "always", "choices": [{"value": "lake", "label": {"zh": "湖", "en": "lake"}}]},
                {"name": "age_over_18", "label": {"zh": "年满 18 周岁", "en": "Over 18"}, "type": "boolean", "disclosure": "selective", "mandatory": true, "derived": {"from": "birth_date", "age_over": 18}}
              ],
              "rules": [{"rule": "birth-date-in-id-number", "date": "birth_date", "id_number": "id_number"}],
              "asks": [{"roles": ["police"], "claims": ["holder_name"], "purpose": {"zh": "检查", "en": "A check"}}],
              "requires": {
                "query": {"credentials": [{"id": "id", "format": "dc+sd-jwt", "meta": {"vct_values": ["resident-id-card"]}, "claims": [{"path": ["id_number"]}]}]},
                "same": [{"claim": "id_number", "credential": "id", "evidence": "id_number"}]
              },
              "suspended_by": [{"event": "death", "whom": "id_number"}],
              "sample": {"holder_name": "测试", "id_number": "11010519491231002X", "birth_date": "1949-12-31", "valid_until": "2035-01-01", "waters": ["lake"]}
            }
            """;

    @Test
    @DisplayName("A type that no code has heard of is one text more, and leaves the catalogue before as it was")
    void oneMore() throws Exception {
        Catalogue more = BUILT_IN.with("fishing-permit.json", FISHING);
        CredentialType type = more.type("fishing-permit").orElseThrow();
        assertEquals(List.of(), type.check(type.sample()));
        assertTrue(more.issuedBy("civil-affairs").contains(type));
        assertEquals(
                type, more.byVct("https://city.example/types/fishing-permit").orElseThrow());
        assertEquals(type.vct("https://city.example"), "https://city.example/types/fishing-permit");
        assertFalse(BUILT_IN.type("fishing-permit").isPresent());
        assertEquals(BUILT_IN.types().size() + 1, more.types().size());
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "version": 1,|"version": 0,|version: expected a whole number from 1 to 1000000
            "version": 1,|"version": 1, "colour": 1,|(top): expected no key "colour"; the keys here are id, version
            "en": "Fishing permit"|"english": "Fishing permit"|label: expected no key "english"; the keys here are zh, en
            , "en": "Fishing permit"| |label: expected a key "en"
            "zh": "钓鱼许可证"|"zh": " "|label.zh: expected a text of 1 to 4000 characters
            "family": "citizen"|"family": "town"|family: expected one of citizen, company, invoice, trade, logistics, real-estate
            "P1Y"|"1 year"|validity.longest: expected a period of at most 99 years, such as P10Y, P6M or P30D
            "P1Y"|"-P1Y"|validity.longest: expected a period of at most 99 years, such as P10Y, P6M or P30D
            "P1Y"|"P100Y"|validity.longest: expected a period of at most 99 years, such as P10Y, P6M or P30D
            "format": "dc+sd-jwt"|"format": 1|requires.query: expected a DCQL query; in it,
            "until": "valid_until"|"until": "holder_name"|validity.until: expected a claim of type [date]
            "#0f4c81"|"blue"|card.colour: expected a colour such as #0f4c81
            "summary": ["holder_name"]|"summary": ["owner"]|card.summary[0]: expected a claim of this type
            "summary": ["holder_name"]|"summary": []|card.summary: expected an array of 1 to 500 elements
            "validator": "citizen-id"|"validator": "id-card"|claims[1].validator: expected one of citizen-id, uscc,
            "name": "holder_name"|"name": "Holder"|claims[0].name: expected a claim name of lower-case letters
            "name": "holder_name"|"name": "status"|claims[0].name: expected a name that SD-JWT VC does not reserve
            "name": "birth_date"|"name": "id_number"|claims[2]: expected a name that no claim before has
            "type": "date", "disclosure": "selective"|"type": "date", "disclosure": "hidden"|claims[2].disclosure: expected one of always, selective
            "type": "date", "disclosure": "selective"|"type": "date"|claims[2]: expected a key "disclosure"
            "type": "date", "disclosure": "selective"|"type": "date", "validator": "vin", "disclosure": "selective"|claims[2]: expected a validator or choices only with
            "age_over": 18|"age_over": 0|claims[5].derived.age_over: expected a whole number from 1 to 150
            "age_over": 18|"older": 18|claims[5].derived: expected no key "older"
            "from": "birth_date"|"from": "holder_name"|claims[5].derived.from: expected a claim of type [date]
            "from": "birth_date", "age_over": 18|"from": "waters", "count": true|claims[5].type: expected integer for a count
            "rule": "birth-date-in-id-number"|"rule": "birthday"|rules[0].rule: expected one of birth-date-in-id-number, sex
            "id_number": "id_number"}|"id_number": "holder_name"}|rules[0].id_number: expected a claim with the validator citizen-id
            "claims": ["holder_name"]|"claims": ["everything"]|asks[0].claims[0]: expected a claim of this type
            "evidence": "id_number"|"evidence": "name"|requires.same[0]: expected a credential and a claim that the query asks for
            "event": "death"|"event": "boredom"|suspended_by[0].event: expected one of death, divorce, dissolution
            11010519491231002X|110105194912310021|sample.id_number: expected a valid sample: the last character is not the check digit
            "holder_name": "测试", |"who": "测试", |sample.holder_name: expected a valid sample: Name is missing
            ["civil-affairs"]|["anglers"]|issuers: expected roles of the index, not "anglers"
            "roles": ["police"]|"roles": ["anglers"]|asks: expected roles of the index, not "anglers"
            "emblem": "leaf"|"emblem": "fish"|card.emblem: expected the name of a drawing in emblems/
            "emblem": "leaf"|"emblem": "../leaf"|card.emblem: expected the name of an emblem
            ["resident-id-card"]|["id-card"]|requires: expected a type of the catalogue, not "id-card"
            {"path": ["id_number"]}|{"path": ["id_number"]}, {"path": ["shoe_size"]}|requires: expected a claim of resident-id-card, not "shoe_size"
            "version": 1,|"version": 1, "version": 2,|(top): expected each name once in an object
            """)
    @DisplayName("A mistake is named by file, path and what was expected")
    void mistake(String good, String bad, String message) {
        assertTrue(FISHING.contains(good), "the test replaces something");
        String text = FISHING.replace(good, bad == null ? "" : bad);
        CatalogueException refused =
                assertThrows(CatalogueException.class, () -> BUILT_IN.with("fishing-permit.json", text));
        String found = String.valueOf(refused.getMessage());
        assertTrue(found.startsWith("fishing-permit.json: " + message), found);
        assertEquals("fishing-permit.json", refused.file());
    }

    @Test
    @DisplayName("A changed type needs a later version; the same text again is no change")
    void versions() throws Exception {
        Catalogue first = BUILT_IN.with("a.json", FISHING);
        first.with("a.json", FISHING);
        String changed = FISHING.replace("Fishing permit", "Angling permit");
        CatalogueException refused = assertThrows(CatalogueException.class, () -> first.with("a.json", changed));
        assertTrue(String.valueOf(refused.getMessage()).contains("version: expected a version above 1"));
        Catalogue second = first.with("a.json", changed.replace("\"version\": 1", "\"version\": 2"));
        assertEquals(
                "Angling permit",
                second.type("fishing-permit").orElseThrow().label().en());
    }

    @Test
    @DisplayName("Two files with one id are refused")
    void sameId() {
        CatalogueException refused = assertThrows(
                CatalogueException.class, () -> BUILT_IN.withAll(Map.of("a.json", FISHING, "b.json", FISHING)));
        assertEquals("id", refused.path());
    }

    @Test
    @DisplayName("Files read together may refer to one another")
    void together() throws Exception {
        String boat = FISHING.replace("fishing-permit", "boat-permit").replace("resident-id-card", "fishing-permit");
        assertThrows(CatalogueException.class, () -> BUILT_IN.with("boat.json", boat));
        Catalogue both = BUILT_IN.withAll(Map.of("boat.json", boat, "fish.json", FISHING));
        assertTrue(both.type("boat-permit").isPresent());
    }

    @Test
    @DisplayName("A role of the city's own is added before the type that names it")
    void role() throws Exception {
        String text = FISHING.replace("civil-affairs", "anglers-club");
        Catalogue more = BUILT_IN.withRole(new Catalogue.Role("anglers-club", new Label("钓鱼协会", "Anglers' club")))
                .with("a.json", text);
        assertEquals(1, more.issuedBy("anglers-club").size());
    }

    @Test
    @DisplayName("An emblem is found by its name only")
    void emblem() {
        assertTrue(Catalogue.emblem("leaf").orElseThrow().startsWith("<svg"));
        assertFalse(Catalogue.emblem("../index").isPresent());
        assertFalse(Catalogue.emblem("no-such-drawing").isPresent());
    }
}
