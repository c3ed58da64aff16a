package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseMac0;
import city.elicence.credentials.cose.CoseSign1;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document as a device shows it in one session (ISO/IEC 18013-5 §8.3.2.1.2.2): the issuer's part and the device's proof. */
public final class MobileDocument {
    private final String docType;
    private final IssuerSigned issuerSigned;
    private final byte[] deviceNameSpaces;
    private final @Nullable CoseSign1 signature;
    private final @Nullable CoseMac0 mac;

    private MobileDocument(
            String docType,
            IssuerSigned issuerSigned,
            byte[] deviceNameSpaces,
            @Nullable CoseSign1 signature,
            @Nullable CoseMac0 mac) {
        this.docType = docType;
        this.issuerSigned = issuerSigned;
        this.deviceNameSpaces = deviceNameSpaces;
        this.signature = signature;
        this.mac = mac;
    }

    /** Shows a document, cut down to what is disclosed, with the device's signature (§9.1.3.6) over the session. */
    public static MobileDocument show(IssuerSigned disclosed, SessionTranscript transcript, SigningKey deviceKey) {
        String docType = disclosed.securityObject().docType();
        byte[] none = Cbor.encode(Map.of());
        byte[] payload = transcript.deviceAuthentication(docType, none);
        CoseSign1 signature =
                CoseSign1.sign(Map.of(), Map.of(), payload, deviceKey).detached();
        return new MobileDocument(docType, disclosed, none, signature, null);
    }

    static MobileDocument parse(@Nullable Object tree) throws MdocException {
        CborFields document = CborFields.of("Document", tree);
        CborFields device = document.fields("deviceSigned");
        CborFields auth = device.fields("deviceAuth");
        Object signature = auth.get("deviceSignature");
        Object mac = auth.get("deviceMac");
        if ((signature == null) == (mac == null)) {
            throw new MdocException(Reason.MALFORMED, "deviceAuth: expected a signature or a MAC");
        }
        try {
            return new MobileDocument(
                    document.string("docType"),
                    IssuerSigned.parse(document.get("issuerSigned")),
                    CborFields.encoded("DeviceNameSpacesBytes", device.get("nameSpaces")),
                    signature == null ? null : CoseSign1.parse(signature),
                    mac == null ? null : CoseMac0.parse(mac));
        } catch (CborException e) {
            throw new MdocException(Reason.MALFORMED, "deviceAuth: " + e.getMessage(), e);
        }
    }

    /** §9.3.1 and §9.1.3: all that is to check with the issuer's trusted key, in a session that was not for a MAC. */
    public void check(EcPublicKey issuerKey, SessionTranscript transcript, Instant now) throws MdocException {
        check(issuerKey, transcript, null, now);
    }

    /** The same, in a session with a reader's ephemeral key, where the device may have sent a MAC. */
    public void check(EcPublicKey issuerKey, SessionTranscript transcript, @Nullable SoftwareKey readerKey, Instant now)
            throws MdocException {
        if (!issuerSigned.isSignedBy(issuerKey)) {
            throw new MdocException(Reason.ISSUER_SIGNATURE, "the security object is not signed by the trusted key");
        }
        issuerSigned.checkDigests();
        checkDocType();
        if (!issuerSigned.securityObject().isValidAt(now)) {
            throw new MdocException(Reason.VALIDITY, "the document is not valid at this time");
        }
        checkDevice(transcript, readerKey);
    }

    /** §9.3.1 step 4. */
    public void checkDocType() throws MdocException {
        if (!docType.equals(issuerSigned.securityObject().docType())) {
            throw new MdocException(Reason.DOCUMENT_TYPE, "the document is not of the type that was signed");
        }
    }

    /** §9.1.3: the device's key, which the issuer signed, proves this session and no other. */
    public void checkDevice(SessionTranscript transcript, @Nullable SoftwareKey readerKey) throws MdocException {
        byte[] payload = transcript.deviceAuthentication(docType, deviceNameSpaces);
        boolean proved = signature != null
                ? signature.verifiedBy(issuerSigned.securityObject().deviceKey(), payload)
                : mac != null && readerKey != null && hasMac(mac, readerKey, transcript, payload);
        if (!proved) {
            throw new MdocException(Reason.DEVICE_AUTHENTICATION, "the device's key did not prove this session");
        }
    }

    private boolean hasMac(CoseMac0 sent, SoftwareKey readerKey, SessionTranscript transcript, byte[] payload) {
        try {
            EcPublicKey deviceKey = issuerSigned.securityObject().deviceKey();
            return sent.verifiedWith(
                    SessionKey.of(readerKey.javaKey(), deviceKey, transcript, SessionKey.MAC), payload);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The device's statement: what a second answer with the same proof is known by. */
    public byte[] proofDigest(SessionTranscript transcript) {
        return Sha256.of(transcript.deviceAuthentication(docType, deviceNameSpaces));
    }

    /** The document type. */
    public String docType() {
        return docType;
    }

    /** The issuer's part; unverified as long as nobody checked. */
    public IssuerSigned issuerSigned() {
        return issuerSigned;
    }

    Map<String, Object> toCbor() {
        Map<String, Object> auth = new LinkedHashMap<>();
        if (signature != null) {
            auth.put("deviceSignature", signature.toCbor());
        }
        if (mac != null) {
            auth.put("deviceMac", mac.toCbor());
        }
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("nameSpaces", new Tagged(Tagged.ENCODED_CBOR, deviceNameSpaces));
        device.put("deviceAuth", auth);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("docType", docType);
        document.put("issuerSigned", issuerSigned.toCbor());
        document.put("deviceSigned", device);
        return document;
    }
}
