package city.elicence.verifier.http;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.request.CheckDraft;
import city.elicence.verifier.request.ClientIdPrefix;
import city.elicence.verifier.request.Flow;
import city.elicence.verifier.request.Preset;
import city.elicence.verifier.request.Presets;
import city.elicence.verifier.request.ResponseMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/checks}, made into a draft. */
final class CheckBody {
    private static final List<String> KNOWN = List.of(
            "tenant",
            "check",
            "dcql",
            "purpose",
            "flow",
            "response_mode",
            "client_id_prefix",
            "expires_in",
            "keep_for",
            "return_to",
            "transaction_data");

    private final Presets presets;
    private final String typesBase;

    CheckBody(Presets presets, String typesBase) {
        this.presets = presets;
        this.typesBase = typesBase;
    }

    CheckDraft read(String tenant, Caller caller, String body, @Nullable String language, @Nullable String key) {
        try {
            Fields fields = Fields.parse(body);
            for (String name : fields.map().keySet()) {
                if (!KNOWN.contains(name)) {
                    throw malformed("only " + String.join(", ", KNOWN));
                }
            }
            boolean named = fields.has("check");
            if (named == fields.has("dcql")) {
                throw malformed("either check or dcql");
            }
            Preset preset = named ? presets.require(fields.string("check")) : null;
            Map<String, Object> query = preset == null ? fields.object("dcql") : preset.dcql();
            return new CheckDraft(
                    tenant,
                    caller.actor(),
                    preset == null ? null : preset.id(),
                    purpose(fields, preset, language),
                    Preset.withAddresses(query, typesBase),
                    fields.objects("transaction_data"),
                    options(fields, key));
        } catch (JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** A query of one's own says what it is for; a preset has words for it. */
    private static String purpose(Fields fields, @Nullable Preset preset, @Nullable String language)
            throws JsonException {
        if (preset == null || fields.has("purpose")) {
            return fields.string("purpose");
        }
        boolean english = language != null && language.toLowerCase(Locale.ROOT).startsWith("en");
        return english ? preset.purpose().en() : preset.purpose().zh();
    }

    private static CheckDraft.Options options(Fields fields, @Nullable String key) throws JsonException {
        Flow flow = Flow.of(fields.optString("flow").orElse("cross_device"))
                .orElseThrow(() -> malformed("flow: cross_device or same_device"));
        CheckDraft.Options usual = CheckDraft.Options.usual(flow);
        String returnTo = fields.optString("return_to").orElse(null);
        return new CheckDraft.Options(
                ResponseMode.of(fields.optString("response_mode")
                                .orElse(usual.mode().text()))
                        .orElseThrow(() -> malformed("response_mode: direct_post.jwt or direct_post")),
                ClientIdPrefix.of(fields.optString("client_id_prefix")
                                .orElse(usual.prefix().text()))
                        .orElseThrow(() -> malformed("client_id_prefix: one that this service speaks")),
                flow,
                Duration.ofSeconds(
                        fields.optLong("expires_in").orElse(usual.lifetime().toSeconds())),
                Duration.ofSeconds(
                        fields.optLong("keep_for").orElse(usual.retention().toSeconds())),
                returnTo == null ? null : address(returnTo),
                key);
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if ("https".equals(address.getScheme()) || "http".equals(address.getScheme())) {
                return address;
            }
        } catch (URISyntaxException ignored) {
            // Said below, in the same words.
        }
        throw malformed("return_to: an absolute web address");
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed("expected " + expected));
    }
}
