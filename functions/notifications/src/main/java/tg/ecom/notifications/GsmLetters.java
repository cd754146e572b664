package tg.ecom.notifications;

import java.text.Normalizer;

/**
 * The basic character set of SMS, 3GPP TS 23.038 §6.2.1. A single letter beyond it makes the whole message one of 70
 * letters instead of 160, and so two or three SMS of one.
 */
final class GsmLetters {
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private GsmLetters() {}

    /** The text in these letters: others lose their accents, and what is no letter of ours is left out. */
    static String of(String text) {
        StringBuilder basic = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(letter -> append(basic, letter));
        return basic.toString();
    }

    private static void append(StringBuilder basic, int letter) {
        String plain = switch (letter) {
            case '’', '‘', 'ʼ' -> "'";
            case '“', '”', '«', '»' -> "\"";
            case '–', '—' -> "-";
            case '…' -> "...";
            case 'œ' -> "oe";
            case 'Œ' -> "OE";
            case '\u00a0', '\u202f' -> " ";
            default ->
                BASIC.indexOf(letter) >= 0
                        ? Character.toString(letter)
                        : Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD);
        };
        plain.codePoints().filter(each -> BASIC.indexOf(each) >= 0).forEach(basic::appendCodePoint);
    }
}
