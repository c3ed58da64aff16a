package city.elicence.city.story;

import city.elicence.city.demo.Narrator;
import city.elicence.credentials.catalogue.Label;
import java.time.LocalDate;
import java.util.Map;

/** E-licences: a citizen's cards through a life. */
public final class ELicences implements Story {
    @Override
    public String name() {
        return "e-licences";
    }

    @Override
    public Label title() {
        return new Label("电子证照", "E-licences: a citizen's cards through a life");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        narrator.step("A citizen gets an identity card and a driving licence");
        Person li = city.person("li", "测试李明", LocalDate.of(1985, 3, 12), true);
        Map<String, Object> card = city.claims(
                "resident-id-card",
                "name",
                li.name(),
                "sex",
                li.sex(),
                "birth_date",
                li.born().toString(),
                "id_number",
                li.number());
        city.issue("public-security-bureau", "resident-id-card", card, li.phone());
        narrator.line("identity card issued");
        city.accepted("bank", city.about("开户", "resident-id-card", "name"), li.phone());
        narrator.result("the bank asks for the name", "accepted");

        narrator.step("Who could learn what");
        city.whoKnows().fact("Li's name", li.name(), "holder li", "issuer public-security-bureau", "verifier bank");
        city.whoKnows().fact("Li's ID number", li.number(), "holder li", "issuer public-security-bureau");
        city.lookWhoKnows(narrator);
    }
}
