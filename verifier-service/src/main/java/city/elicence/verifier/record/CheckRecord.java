package city.elicence.verifier.record;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Json;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.jspecify.annotations.Nullable;

/**
 * The record of a settled check: who asked whom for what, what was shown, what was found, as a PDF that the relying party
 * signs. The same facts are attached as JSON, so that a program need not read the page.
 */
public final class CheckRecord {
    private static final int SIGNATURE_BYTES = 24 * 1024;
    private static final int LONGEST_VALUE = 300;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    private final SigningKeys keys;
    private final ZoneId zone;
    private final Clock clock;

    public CheckRecord(SigningKeys keys, ZoneId zone, Clock clock) {
        this.keys = keys;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * A signed PDF.
     *
     * @param check as the API shows it, settled
     * @param chinese the language wanted; English where this machine has no Chinese font
     */
    public byte[] of(Tenant tenant, Map<String, Object> check, boolean chinese) {
        SigningKey key = keys.of(tenant.name()).orElseThrow(() -> new CheckRefused(new Problem.UnknownTenant()));
        boolean zh = chinese && Sheet.hasChinese();
        try (PDDocument document = new PDDocument()) {
            try (Sheet sheet = new Sheet(document)) {
                new Writing(sheet, zh).write(tenant, check);
            }
            document.getDocumentInformation().setTitle(zh ? "查验记录" : "Record of a check");
            document.getDocumentInformation().setAuthor(zh ? tenant.labelZh() : tenant.labelEn());
            document.getDocumentCatalog().setLanguage(zh ? "zh-CN" : "en");
            attach(document, Json.write(check));
            ByteArrayOutputStream unsigned = new ByteArrayOutputStream();
            document.save(unsigned);
            return signed(unsigned.toByteArray(), tenant, key);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static void attach(PDDocument document, String json) throws IOException {
        byte[] octets = json.getBytes(StandardCharsets.UTF_8);
        PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(octets));
        file.setSubtype("application/json");
        file.setSize(octets.length);
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile("check.json");
        specification.setEmbeddedFile(file);
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of("check.json", specification));
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }

    private byte[] signed(byte[] unsigned, Tenant tenant, SigningKey key) throws IOException {
        try (PDDocument document = Loader.loadPDF(unsigned);
                SignatureOptions options = new SignatureOptions()) {
            Calendar now = new GregorianCalendar(TimeZone.getTimeZone(zone));
            now.setTimeInMillis(clock.millis());
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setName(tenant.labelEn());
            signature.setReason("Record of a check");
            signature.setSignDate(now);
            options.setPreferredSignatureSize(SIGNATURE_BYTES);
            document.addSignature(signature, new RecordSignature(tenant, key), options);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.saveIncremental(out);
            return out.toByteArray();
        }
    }

    /** The words on the page. */
    private final class Writing {
        private final Sheet sheet;
        private final boolean zh;
        private final Catalogue catalogue = Catalogue.builtIn();

        Writing(Sheet sheet, boolean zh) {
            this.sheet = sheet;
            this.zh = zh;
        }

        void write(Tenant tenant, Map<String, Object> check) throws IOException {
            sheet.text(say("查验记录", "Record of a check"), 20, true);
            sheet.text(say(tenant.labelZh(), tenant.labelEn()), 12, false);
            sheet.rule();
            boolean accepted = "accepted".equals(check.get("status"));
            sheet.colour(accepted ? 0.05f : 0.63f, accepted ? 0.4f : 0.09f, accepted ? 0.22f : 0.09f);
            sheet.text(outcome(check), 16, true);
            sheet.colour(0, 0, 0);
            fact("编号", "Check", check.get("id"));
            fact("目的", "Purpose", check.get("purpose"));
            fact("经办", "Asked by", check.get("asked_by"));
            fact("判定时间", "Decided", time(check.get("decided_at")));
            fact("信任数据截至", "Ledger known as of", time(check.get("trust_as_of")));
            if (check.get("code") != null) {
                fact("拒绝代码", "Refusal", check.get("code"));
            }
            Map<?, ?> claims = check.get("claims") instanceof Map<?, ?> shown ? shown : Map.of();
            for (Object each : presentations(check)) {
                if (each instanceof Map<?, ?> presentation) {
                    presentation(presentation, claims.get(presentation.get("query")));
                }
            }
            sheet.gap(10);
            sheet.rule();
            sheet.text(
                    say(
                            "本记录由查验方签名（PAdES）；任何改动都会使签名失效。附件 check.json 载有相同内容。签名证书 SHA-256：",
                            "Signed by the relying party (PAdES): any change breaks the signature. The attached check.json"
                                    + " holds the same facts. SHA-256 of the signing certificate: "),
                    8,
                    false);
            sheet.text(CertificateChain.fingerprint(tenant.chain().leaf()), 8, false);
        }

        private void presentation(Map<?, ?> presentation, @Nullable Object shown) throws IOException {
            sheet.gap(10);
            Optional<CredentialType> type = catalogue.type(String.valueOf(presentation.get("type")));
            sheet.text(
                    type.map(t -> say(t.label().zh(), t.label().en()))
                            .orElse(String.valueOf(presentation.get("query"))),
                    13,
                    true);
            sheet.rule();
            if (presentation.get("issuer") instanceof Map<?, ?> issuer) {
                fact("发证机关", "Issued by", both(issuer.get("name")) + "  " + issuer.get("did"));
            }
            if (presentation.get("issued_at") != null) {
                fact("签发时间", "Issued", time(presentation.get("issued_at")));
            }
            for (Object one : shown instanceof List<?> several ? several : shown == null ? List.of() : List.of(shown)) {
                if (one instanceof Map<?, ?> values) {
                    claims(type, values);
                }
            }
            sheet.gap(4);
            if (presentation.get("checks") instanceof List<?> checks) {
                for (Object each : checks) {
                    if (each instanceof Map<?, ?> check) {
                        sheet.text(mark(check.get("outcome")) + "  " + both(check.get("name")), 9, false, 8);
                    }
                }
            }
        }

        private void claims(Optional<CredentialType> type, Map<?, ?> values) throws IOException {
            for (Map.Entry<?, ?> value : values.entrySet()) {
                String name = String.valueOf(value.getKey());
                String label = type.stream()
                        .flatMap(t -> t.claims().stream())
                        .filter(claim -> claim.name().equals(name))
                        .map(Claim::label)
                        .map(l -> say(l.zh(), l.en()))
                        .findFirst()
                        .orElse(name);
                sheet.fact(label, shown(value.getValue()));
            }
        }

        private String shown(@Nullable Object value) {
            return switch (value) {
                case Boolean yes -> yes ? say("是", "yes") : say("否", "no");
                case String text when text.startsWith("data:image/") -> say("（照片）", "(picture)");
                case List<?> list ->
                    list.stream()
                            .map(this::shown)
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("");
                case Map<?, ?> map ->
                    map.values().stream()
                            .map(this::shown)
                            .reduce((a, b) -> a + " " + b)
                            .orElse("");
                case null -> "";
                default -> {
                    String text = String.valueOf(value);
                    yield text.substring(0, Math.min(LONGEST_VALUE, text.length()));
                }
            };
        }

        private List<?> presentations(Map<String, Object> check) {
            return check.get("report") instanceof Map<?, ?> report
                            && report.get("presentations") instanceof List<?> list
                    ? list
                    : List.of();
        }

        private void fact(String chinese, String english, @Nullable Object value) throws IOException {
            sheet.fact(say(chinese, english), value == null ? "" : String.valueOf(value));
        }

        private String time(@Nullable Object instant) {
            return instant == null
                    ? ""
                    : TIME.format(Instant.parse(String.valueOf(instant)).atZone(zone));
        }

        private String both(@Nullable Object label) {
            return label instanceof Map<?, ?> words ? String.valueOf(words.get(zh ? "zh" : "en")) : "";
        }

        private String say(String chinese, String english) {
            return zh ? chinese : english;
        }

        private String outcome(Map<String, Object> check) {
            if (check.get("report") instanceof Map<?, ?> report
                    && report.get("wallet_error") instanceof String error
                    && !error.equals("access_denied")) {
                return say("无法回答", "Not answered");
            }
            return switch (String.valueOf(check.get("status"))) {
                case "accepted" -> say("通过", "Accepted");
                case "refused" -> say("不通过", "Refused");
                case "declined" -> say("持证人拒绝出示", "Declined by the holder");
                default -> say("已超时", "Timed out");
            };
        }

        private String mark(@Nullable Object outcome) {
            return switch (String.valueOf(outcome)) {
                case "passed" -> say("[通过]", "[passed]");
                case "failed" -> say("[未通过]", "[failed]");
                case "warned" -> say("[注意]", "[note]");
                default -> say("[未查]", "[not checked]");
            };
        }
    }
}
