package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Inspector;
import city.elicence.city.demo.Narrator;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.Disclosure;
import city.elicence.wallet.store.Card;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two verifiers who compare notes. */
class UnlinkableTest {
    @Test
    @DisplayName(
            "Two showings of a batch-issued citizen's licence have in common the claims disclosed and what all such licences share")
    void unlinkable() throws Exception {
        try (StoryCity stage = new StoryCity(
                TestCity.get().city(),
                Stories.all().getFirst(),
                new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Person mine = stage.person("mine", "测试郭一", LocalDate.of(1992, 5, 17), false);
            Person other = stage.person("other", "测试唐二", LocalDate.of(1971, 3, 3), true);
            Set<String> first = notes(stage, mine, licence(stage, mine), "may_drive_car");
            // When each of them looked, both know: two showings of one second share it by chance.
            Thread.sleep(1_100);
            // Codes that rotate before one inspector are one showing: other claims are another showing.
            Set<String> second = notes(stage, mine, card(mine), "may_drive_car", "age_over_18");
            Set<String> stranger = notes(stage, other, licence(stage, other), "may_drive_car");

            Set<String> common = new TreeSet<>(first);
            common.retainAll(second);
            // What a licence of somebody else has too tells nobody apart.
            common.removeAll(stranger);
            assertEquals(Set.of(), common);
            assertTrue(first.stream().anyMatch(note -> note.startsWith("disclosed may_drive_car ")), first.toString());
            for (String what : List.of("signature", "cnf.jwk.x", "status.status_list.idx", "salt", "_sd", "kb ")) {
                assertTrue(first.stream().anyMatch(note -> note.startsWith(what)), what + " was looked at: " + first);
            }
            assertFalse(String.join(" ", first).contains(mine.number()));
        }
    }

    private static Card licence(StoryCity stage, Person person) throws Exception {
        return stage.issue(
                "traffic-police",
                "driving-licence",
                stage.claims("driving-licence", "name", person.name()),
                person.phone());
    }

    private static Card card(Person person) {
        return person.phone().cards().getFirst();
    }

    /** Every value that a verifier can note down of one showing, with the place where it stood. */
    private static Set<String> notes(StoryCity stage, Person person, Card card, String... claims) throws Exception {
        Inspector inspector = Inspector.of(stage.city(), stage.verifier(), "police");
        String shown = inspector.read(stage.offlineFrames(person.phone(), card, Set.of(claims)));
        String[] parts = shown.split("~", -1);
        Set<String> notes = new TreeSet<>();
        jwt("", parts[0], notes);
        for (int i = 1; i < parts.length - 1; i++) {
            Disclosure disclosure = Disclosure.parse(parts[i]);
            notes.add("salt " + disclosure.salt());
            notes.add("disclosed " + disclosure.name() + " " + disclosure.value());
        }
        jwt("kb ", parts[parts.length - 1], notes);
        return notes;
    }

    private static void jwt(String where, String compact, Set<String> notes) throws Exception {
        String[] parts = compact.split("\\.", -1);
        note(where + "header", Json.parseObject(Base64Url.decode(parts[0])), notes);
        note(where, Json.parseObject(Base64Url.decode(parts[1])), notes);
        notes.add(where + "signature " + parts[2]);
    }

    private static void note(String where, @Nullable Object value, Set<String> notes) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) ->
                    note(where.isEmpty() || where.endsWith(" ") ? where + name : where + "." + name, each, notes));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> note(where, each, notes));
        } else {
            notes.add(where + " " + value);
        }
    }
}
