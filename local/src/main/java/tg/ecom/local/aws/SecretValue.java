package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;

/** What a version of a secret holds: text or bytes. */
sealed interface SecretValue {
    /** Text, mostly JSON. */
    record OfText(String text) implements SecretValue {
        @Override
        public String toString() {
            return "(a secret)";
        }
    }

    /** Bytes. */
    record OfBytes(SecretBytes bytes) implements SecretValue {}

    /** The value in a request, if it has one. */
    static Optional<SecretValue> of(JsonInput input) {
        if (input.has("SecretString") && input.has("SecretBinary")) {
            throw new AwsFault("InvalidParameterException", "You can't specify both a binary and a text secret value.");
        }
        Optional<SecretValue> text = input.text("SecretString").map(OfText::new);
        return text.or(() -> input.binary("SecretBinary").map(bytes -> new OfBytes(new SecretBytes(bytes))));
    }

    /** Adds it to an answer. */
    default void addTo(ObjectNode answer) {
        switch (this) {
            case OfText(String text) -> answer.put("SecretString", text);
            case OfBytes(SecretBytes bytes) ->
                answer.put("SecretBinary", Base64.getEncoder().encodeToString(bytes.bytes()));
        }
    }
}
