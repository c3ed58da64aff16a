package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What binds a device's proof to one session (ISO/IEC 18013-5 §9.1.5.1): engagement, reader key, handover. */
public final class SessionTranscript {
    private final byte[] encoded;

    private SessionTranscript(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * OpenID4VP 1.0 annex B.2.6.1, invocation by redirects.
     *
     * @param jwkThumbprint RFC 7638 thumbprint of the key that the response is encrypted to; null when it is not
     * @param responseUri the response_uri, or redirect_uri
     */
    public static SessionTranscript ofRedirect(
            String clientId, String nonce, byte @Nullable [] jwkThumbprint, String responseUri) {
        return handover("OpenID4VPHandover", Arrays.asList(clientId, nonce, jwkThumbprint, responseUri));
    }

    /** OpenID4VP 1.0 annex B.2.6.2, invocation by the Digital Credentials API. */
    public static SessionTranscript ofDigitalCredentialsApi(
            String origin, String nonce, byte @Nullable [] jwkThumbprint) {
        return handover("OpenID4VPDCAPIHandover", Arrays.asList(origin, nonce, jwkThumbprint));
    }

    private static SessionTranscript handover(String name, List<@Nullable Object> info) {
        List<Object> handover = List.of(name, Sha256.of(Cbor.encode(info)));
        return new SessionTranscript(Cbor.encode(Arrays.asList(null, null, handover)));
    }

    /**
     * ISO/IEC 18013-5 §9.1.5.1, engagement by QR code.
     *
     * @param deviceEngagement encoded, as the device showed it
     * @param readerKey EReaderKey, encoded, as the reader sent it
     */
    public static SessionTranscript ofQr(byte[] deviceEngagement, byte[] readerKey) {
        return proximity(deviceEngagement, readerKey, null);
    }

    /**
     * ISO/IEC 18013-5 §9.1.5.1, engagement by NFC: NFCHandover is the handover messages as they went over the air.
     *
     * @param deviceEngagement encoded, as it stands in the Handover Select message
     * @param readerKey EReaderKey, encoded, as the reader sent it
     * @param handoverSelect the Handover Select message, NDEF
     * @param handoverRequest the Handover Request message, NDEF; null for static handover, which has none
     */
    public static SessionTranscript ofNfc(
            byte[] deviceEngagement, byte[] readerKey, byte[] handoverSelect, byte @Nullable [] handoverRequest) {
        return proximity(deviceEngagement, readerKey, Arrays.asList(handoverSelect, handoverRequest));
    }

    private static SessionTranscript proximity(
            byte[] deviceEngagement, byte[] readerKey, @Nullable List<byte @Nullable []> handover) {
        return new SessionTranscript(Cbor.encode(Arrays.asList(
                new Tagged(Tagged.ENCODED_CBOR, deviceEngagement),
                new Tagged(Tagged.ENCODED_CBOR, readerKey),
                handover)));
    }

    /** The transcript of a session in proximity, from SessionTranscriptBytes. */
    public static SessionTranscript ofBytes(byte[] sessionTranscriptBytes) throws MdocException {
        byte[] encoded = CborFields.encoded(
                "SessionTranscriptBytes", CborFields.decode("SessionTranscriptBytes", sessionTranscriptBytes));
        if (CborFields.decode("SessionTranscript", encoded) instanceof List<?> parts && parts.size() == 3) {
            return new SessionTranscript(encoded);
        }
        throw new MdocException(Reason.MALFORMED, "SessionTranscript: expected an array of three");
    }

    /** SessionTranscript, encoded. */
    public byte[] encode() {
        return encoded.clone();
    }

    /** SessionTranscriptBytes: the salt of the session's keys (§9.1.1.5, §9.1.3.5). */
    byte[] bytes() {
        return Cbor.encode(new Tagged(Tagged.ENCODED_CBOR, encoded));
    }

    /**
     * §9.1.3.4: DeviceAuthenticationBytes. The transcript goes in as the octets that it is made of, not decoded and
     * encoded again, so that another encoder's order in it is kept.
     */
    byte[] deviceAuthentication(String docType, byte[] deviceNameSpaces) {
        return authentication(
                "DeviceAuthentication",
                Cbor.encode(docType),
                Cbor.encode(new Tagged(Tagged.ENCODED_CBOR, deviceNameSpaces)));
    }

    /** §9.1.4.3: ReaderAuthenticationBytes. */
    public byte[] readerAuthentication(byte[] itemsRequest) {
        return authentication("ReaderAuthentication", Cbor.encode(new Tagged(Tagged.ENCODED_CBOR, itemsRequest)));
    }

    /** An array of a name, this transcript, and what else is signed. */
    private byte[] authentication(String name, byte[]... more) {
        byte[] head = {(byte) (0x82 + more.length)};
        byte[] content = concat(head, Cbor.encode(name), encoded, concat(more));
        return Cbor.encode(new Tagged(Tagged.ENCODED_CBOR, content));
    }

    /** §9.1.1.5: SKReader or SKDevice, by the side's own ephemeral key and the other's. */
    public byte[] sessionKey(SoftwareKey own, EcPublicKey other, String purpose) {
        try {
            return SessionKey.of(own.javaKey(), other, this, purpose);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform cannot agree on keys on P-256", e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part, 0, part.length);
        }
        return all.toByteArray();
    }
}
