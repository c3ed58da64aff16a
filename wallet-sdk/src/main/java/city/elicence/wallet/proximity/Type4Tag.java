package city.elicence.wallet.proximity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The phone as an NFC Forum Type 4 tag (mapping version 2.0), on which a reader finds the handover message of ISO/IEC 18013-5
 * section 8.2.2.1. It is read only. Not for several threads: one reader touches the phone at a time.
 */
public final class Type4Tag {
    private static final byte[] APPLICATION = {(byte) 0xd2, 0x76, 0, 0, (byte) 0x85, 1, 1};
    private static final int CAPABILITIES = 0xe103;
    private static final int NDEF = 0xe104;

    private static final int SELECT = 0xa4;
    private static final int READ_BINARY = 0xb0;
    private static final int BY_NAME = 0x0400;
    private static final int FIRST_BY_ID = 0x000c;

    /** Octets that are read by one command at most; what a short Le can say. */
    private static final int MOST_READ = 0xff;

    private final byte[] capabilities;
    private final byte[] ndef;
    private boolean selected;
    private byte @Nullable [] file;

    /** ISO/IEC 7816-4 section 5.6: how a command went. */
    private enum Status {
        DONE(0x9000),
        END_REACHED(0x6282),
        WRONG_LENGTH(0x6700),
        NO_FILE_SELECTED(0x6986),
        NOT_FOUND(0x6a82),
        WRONG_PARAMETERS(0x6a86),
        OUTSIDE(0x6b00),
        INSTRUCTION_UNKNOWN(0x6d00),
        CLASS_UNKNOWN(0x6e00);

        private final short word;

        Status(int word) {
            this.word = (short) word;
        }

        byte[] after(byte[] data) {
            return ByteBuffer.allocate(data.length + 2).put(data).putShort(word).array();
        }
    }

    /** A tag that holds this NDEF message. */
    public Type4Tag(byte[] message) {
        ndef = ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
        capabilities = ByteBuffer.allocate(15)
                .putShort((short) 15)
                .put((byte) 0x20)
                .putShort((short) MOST_READ)
                .putShort((short) MOST_READ)
                .put(new byte[] {4, 6})
                .putShort((short) NDEF)
                .putShort((short) ndef.length)
                .put(new byte[] {0, (byte) 0xff})
                .array();
    }

    /** What a phone answers that shows nothing: there is no such application. */
    public static byte[] nothing() {
        return Status.NOT_FOUND.after(new byte[0]);
    }

    /** The answer to a command APDU. */
    public byte[] answer(byte[] command) {
        if (command.length < 4) {
            return Status.WRONG_LENGTH.after(new byte[0]);
        }
        if (command[0] != 0) {
            return Status.CLASS_UNKNOWN.after(new byte[0]);
        }
        int parameters = ((command[2] & 0xff) << 8) | (command[3] & 0xff);
        return switch (command[1] & 0xff) {
            case SELECT -> select(parameters, command).after(new byte[0]);
            case READ_BINARY -> read(parameters, command);
            default -> Status.INSTRUCTION_UNKNOWN.after(new byte[0]);
        };
    }

    /** The reader has left; the next begins by selecting. */
    public void left() {
        selected = false;
        file = null;
    }

    private Status select(int parameters, byte[] command) {
        if (parameters != BY_NAME && parameters != FIRST_BY_ID) {
            return Status.WRONG_PARAMETERS;
        }
        int length = command.length > 4 ? command[4] & 0xff : 0;
        if (length == 0 || command.length < 5 + length || command.length > 6 + length) {
            return Status.WRONG_LENGTH;
        }
        byte[] name = Arrays.copyOfRange(command, 5, 5 + length);
        return parameters == BY_NAME ? application(name) : file(name);
    }

    private Status application(byte[] name) {
        left();
        selected = Arrays.equals(name, APPLICATION);
        return selected ? Status.DONE : Status.NOT_FOUND;
    }

    private Status file(byte[] id) {
        if (id.length != 2) {
            return Status.WRONG_LENGTH;
        }
        int wanted = ((id[0] & 0xff) << 8) | (id[1] & 0xff);
        byte[] found = wanted == CAPABILITIES ? capabilities : wanted == NDEF ? ndef : null;
        if (!selected || found == null) {
            return Status.NOT_FOUND;
        }
        file = found;
        return Status.DONE;
    }

    private byte[] read(int offset, byte[] command) {
        if (file == null) {
            return Status.NO_FILE_SELECTED.after(new byte[0]);
        }
        if (command.length != 5) {
            return Status.WRONG_LENGTH.after(new byte[0]);
        }
        if (offset > file.length) {
            return Status.OUTSIDE.after(new byte[0]);
        }
        int wanted = command[4] & 0xff;
        int left = file.length - offset;
        byte[] data = Arrays.copyOfRange(file, offset, offset + Math.min(left, wanted == 0 ? 256 : wanted));
        return (wanted > left ? Status.END_REACHED : Status.DONE).after(data);
    }
}
