package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One transaction in the log: {@code length(4) crc32c(4) ledger(1) seqNo(8) json}. The checksum covers everything but itself, so
 * that a flipped bit in a length is seen as well as one in the text.
 */
record LogRecord(LedgerId ledger, long seqNo, String json) {
    static final int HEADER_BYTES = 17;
    static final int MAX_JSON_BYTES = 1 << 20;
    private static final int CHECKED_AFTER_CRC = 8;

    ByteBuffer encoded() {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_JSON_BYTES) {
            throw new IllegalArgumentException("a transaction has at most " + MAX_JSON_BYTES + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + text.length);
        bytes.putInt(text.length)
                .putInt(0)
                .put((byte) ledger.number())
                .putLong(seqNo)
                .put(text);
        bytes.flip();
        bytes.putInt(4, checksum(bytes));
        return bytes;
    }

    /** The length of the whole record that starts here, or -1 when its bytes are not those of a record. */
    static int lengthAt(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_BYTES) {
            return -1;
        }
        int length = bytes.getInt(bytes.position());
        return length < 0 || length > MAX_JSON_BYTES ? -1 : HEADER_BYTES + length;
    }

    /** Whether the checksum of the record that fills the buffer is right. */
    static boolean intact(ByteBuffer record) {
        return record.getInt(record.position() + 4) == checksum(record)
                && LedgerId.of(ledgerNumber(record)).isPresent();
    }

    static int storedChecksum(ByteBuffer record) {
        return record.getInt(record.position() + 4);
    }

    static int ledgerNumber(ByteBuffer record) {
        return record.get(record.position() + 8);
    }

    static long seqNo(ByteBuffer record) {
        return record.getLong(record.position() + 9);
    }

    static LogRecord decode(ByteBuffer record) {
        ByteBuffer text = record.slice(record.position() + HEADER_BYTES, record.remaining() - HEADER_BYTES);
        LedgerId ledger = LedgerId.of(ledgerNumber(record)).orElseThrow();
        return new LogRecord(
                ledger, seqNo(record), StandardCharsets.UTF_8.decode(text).toString());
    }

    private static int checksum(ByteBuffer record) {
        CRC32C crc = new CRC32C();
        crc.update(record.slice(record.position(), 4));
        crc.update(record.slice(record.position() + CHECKED_AFTER_CRC, record.remaining() - CHECKED_AFTER_CRC));
        return (int) crc.getValue();
    }
}
