package city.elicence.city.story;

import city.elicence.city.demo.Narrator;
import city.elicence.credentials.catalogue.Label;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Airport logistics: six parties issue their documents for one consignment; the exporter's dossier answers who may ask. */
public final class AirportLogistics implements Story {
    @Override
    public String name() {
        return "airport-logistics";
    }

    @Override
    public Label title() {
        return new Label("空港物流", "Airport logistics: one consignment, six issuers, one dossier");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        narrator.step("An exporter sends a consignment, and each party issues its document");
        Enterprise exporter = Enterprise.founded(city, "故事出口有限公司（测试）", 1);
        exporter.receive("market-regulator", "business-licence", exporter.licence());
        String awb = city.madeUp().airWaybill();
        String declaration = "011020250" + city.madeUp().digits(9);
        String consignee = "测试收货人" + city.madeUp().digits(6);
        documents(city, exporter, awb, declaration, consignee);
        narrator.line("airline, forwarder, terminal, inspection, customs and tax bureau: six documents in the dossier");

        narrator.step("The exporter looks at the consignment");
        JsonArray own = exporter.dossier(awb);
        city.require(types(own).size() == 5, "by waybill: manifest, waybill, terminal, inspection, declaration");
        city.require(
                own.encode().contains("\"stored\"") && own.encode().contains("\"passed\""),
                "cargo and inspection state");
        narrator.result("by waybill: manifest, cargo state, inspection state, declaration", own.size() + " documents");
        JsonArray refund = exporter.dossier(declaration);
        city.require(types(refund).contains("export-tax-refund"), "the refund is linked by the declaration");
        narrator.result("by declaration: export tax refund", refund.size() + " documents");

        narrator.step("Who holds a consent asks by reference, and gets presentations");
        String word =
                exporter.consent("bank", wish(city, "customs-declaration", awb, "declaration_state", "total_value"));
        JsonArray shown = exporter.dossierFor("bank", awb);
        city.require(shown.size() == 1, "one type was consented to, found " + shown.size());
        JsonObject document = shown.getJsonObject(0);
        city.require(document.getString("outcome").equals("accepted"), "the presentation must verify: " + document);
        city.require(document.getJsonObject("claims").containsKey("total_value"), "what was consented to is shown");
        city.require(!document.getJsonObject("claims").containsKey("lines"), "and nothing else of it");
        narrator.result("the bank, for the declaration of this consignment", "one presentation, verified");

        narrator.step("An outsider learns nothing, not even that the consignment exists");
        String unknown = city.madeUp().airWaybill();
        city.require(exporter.dossierFor("insurer", awb).isEmpty(), "an insurer without consent got something");
        city.require(exporter.dossierFor("insurer", unknown).isEmpty(), "a consignment that is not there");
        city.require(exporter.dossierFor("bank", unknown).isEmpty(), "the consent is for one consignment");
        city.require(exporter.dossierFor("bank-b", awb).isEmpty(), "another bank's question");
        narrator.result("another's question, and one for a waybill that does not exist", "answered alike: nothing");
        exporter.withdraw(word);
        city.require(exporter.dossierFor("bank", awb).isEmpty(), "a withdrawn consent still answered");
        narrator.result("the bank, once the consent is withdrawn", "nothing");

        narrator.step("Who saw what, when");
        city.until("the anchoring of every receipt", exporter::everyReceiptIsAnchored);
        city.require(exporter.receipts().size() == 1, "one document was shown, once");
        city.until("the receipt, signed by the bank, at all three", () -> exporter.isHeldAlike("bank", "customs"));
        narrator.result(
                "one receipt, signed by exporter and bank, its digest on the ledger",
                "held alike by exporter, bank and customs");

        narrator.step("Who could learn what");
        city.whoKnows()
                .place(
                        "company wallet",
                        () -> exporter.dossier(awb).encode()
                                + exporter.receipts().encode());
        city.whoKnows().fact("the consignee", consignee, "issuer freight-forwarder", "company wallet");
        city.whoKnows()
                .fact(
                        "the declaration's number",
                        declaration,
                        "issuer customs",
                        "issuer tax-bureau",
                        "verifier bank",
                        "company wallet");
        city.lookWhoKnows(narrator);
    }

    private static void documents(StoryCity city, Enterprise exporter, String awb, String declaration, String consignee)
            throws Exception {
        JsonObject shipment = new JsonObject()
                .put("awb", awb)
                .put("pieces", 12)
                .put("weight_grams", 860000)
                .put("goods", "备件（测试）");
        exporter.file(
                "airline",
                "cargo-manifest",
                claims(
                        city,
                        exporter,
                        "cargo-manifest",
                        "shipments",
                        new JsonArray().add(shipment),
                        "pieces",
                        12,
                        "weight_grams",
                        860000));
        exporter.file(
                "freight-forwarder",
                "air-waybill",
                claims(city, exporter, "air-waybill", "awb", awb, "consignee", consignee));
        exporter.file("airport", "terminal-receipt", claims(city, exporter, "terminal-receipt", "awb", awb));
        exporter.file(
                "inspection-agency", "inspection-result", claims(city, exporter, "inspection-result", "awb", awb));
        exporter.file(
                "customs",
                "customs-declaration",
                claims(city, exporter, "customs-declaration", "awb", awb, "declaration_number", declaration));
        exporter.file(
                "tax-bureau",
                "export-tax-refund",
                claims(city, exporter, "export-tax-refund", "declaration_number", declaration));
    }

    private static Map<String, Object> claims(StoryCity city, Enterprise exporter, String type, Object... pairs) {
        Map<String, Object> claims = city.claims(type, pairs);
        claims.put("exporter_name", exporter.name());
        claims.put("exporter_unified_code", exporter.code());
        return claims;
    }

    private static JsonObject wish(StoryCity city, String type, String reference, String... claims) {
        return new JsonObject()
                .put("type", city.city().issuerBase() + "/types/" + type)
                .put("claims", new JsonArray(List.of((Object[]) claims)))
                .put("purpose", "出口结算")
                .put("reference", reference)
                .put("until", Instant.now().plus(30, ChronoUnit.DAYS).toString())
                .put("uses", 5);
    }

    private static Set<String> types(JsonArray documents) {
        Set<String> types = new TreeSet<>();
        for (int i = 0; i < documents.size(); i++) {
            String vct = documents.getJsonObject(i).getString("type");
            types.add(vct.substring(vct.lastIndexOf('/') + 1));
        }
        return types;
    }
}
