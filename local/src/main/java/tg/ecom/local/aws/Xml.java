package tg.ecom.local.aws;

import java.nio.charset.StandardCharsets;

/** An XML document without attributes, written element by element. */
final class Xml {
    private final StringBuilder text = new StringBuilder();

    /** An element around what the body writes. */
    Xml element(String name, Runnable body) {
        text.append('<').append(name).append('>');
        body.run();
        text.append("</").append(name.split(" ", 2)[0]).append('>');
        return this;
    }

    /** An element with text in it. */
    Xml element(String name, String value) {
        return element(name, () -> escape(value));
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void escape(String value) {
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '\r' -> text.append("&#13;");
                default -> text.append(character);
            }
        }
    }
}
