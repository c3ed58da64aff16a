package com.google.zxing.common;

import com.google.zxing.FormatException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The character sets that a QR code may declare and a browser can read (ISO/IEC 18004 §7.4.3): Latin-1 and UTF-8. */
public enum CharacterSetECI {
    ISO8859_1(3, StandardCharsets.ISO_8859_1),
    UTF8(26, StandardCharsets.UTF_8);

    private final int value;
    private final Charset charset;

    CharacterSetECI(int value, Charset charset) {
        this.value = value;
        this.charset = charset;
    }

    public int getValue() {
        return value;
    }

    public Charset getCharset() {
        return charset;
    }

    /** The character set with that number. */
    public static CharacterSetECI getCharacterSetECIByValue(int value) throws FormatException {
        for (CharacterSetECI set : values()) {
            if (set.value == value) {
                return set;
            }
        }
        throw FormatException.getFormatInstance();
    }
}
