package city.elicence.credentials.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.proximity.HandoverSelect;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.offline.OfflineException;
import city.elicence.credentials.offline.OfflineFrame;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Any bytes: parsed, or refused by the parser's own exception. */
class BinaryFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void cbor(byte[] input) {
        try {
            byte[] written = Cbor.encode(Cbor.decode(input));
            assertArrayEquals(written, Cbor.encode(Cbor.decode(written)));
        } catch (CborException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void deviceResponse(byte[] input) {
        try {
            DeviceResponse.parse(DeviceResponse.parse(input).encode());
        } catch (MdocException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void handoverSelect(byte[] input) {
        try {
            assertArrayEquals(input, HandoverSelect.parse(input).encoded());
        } catch (ProximityException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void offlineCode(byte[] input) {
        try {
            OfflineCode.unpack(input, leaf -> Optional.of(List.of("MIIB")));
        } catch (OfflineException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void offlineFrame(byte[] input) {
        try {
            assertArrayEquals(input, OfflineFrame.parse(input).octets());
        } catch (OfflineException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void statusList(byte[] input) {
        try {
            StatusList list = StatusList.decompress(2, input);
            assertEquals(list, StatusList.decompress(2, list.compress()));
        } catch (StatusException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void dcql(byte[] input) {
        try {
            DcqlQuery query = DcqlQuery.parse(new String(input, StandardCharsets.UTF_8));
            assertEquals(query, DcqlQuery.parse(query.toJson()));
        } catch (JsonException e) {
            // refused, as it should be
        }
    }
}
