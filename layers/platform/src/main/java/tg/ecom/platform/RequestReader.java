package tg.ecom.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Language;
import tg.ecom.platform.CommonProblem.Invalid;
import tg.ecom.platform.CommonProblem.Malformed;
import tg.ecom.platform.CommonProblem.TooLarge;
import tg.ecom.platform.CommonProblem.Unacceptable;
import tg.ecom.platform.CommonProblem.UnsupportedMediaType;

/** Makes the typed request of one operation out of HTTP, or says everything that is wrong with it. */
final class RequestReader<Q extends Record> {
    private static final int BODY_BYTES_MAX = 1_000_000;
    private static final String KEY_HEADER = "Idempotency-Key";

    private final Operation operation;
    private final Class<Q> type;

    RequestReader(Operation operation, Class<Q> type) {
        this.operation = operation;
        this.type = type;
    }

    /**
     * What was read.
     *
     * @param key the Idempotency-Key, where the operation takes one
     * @param hash SHA-256, in hexadecimal, of everything that was asked, whatever the order of its fields
     */
    record Read<Q extends Record>(Q request, Optional<String> key, String hash) {}

    Read<Q> read(HttpRequest http, Language language) {
        Map<String, String> sent = new HashMap<>(http.parameters());
        if (operation.isIdempotent()) {
            http.header(KEY_HEADER.toLowerCase(Locale.ROOT))
                    .ifPresent(key -> sent.put(Parameter.key("header", KEY_HEADER), key));
        }
        ObjectNode fields = operation.typed(sent);
        List<FieldError> errors = new ArrayList<>(operation.parameterErrors(sent, language));
        Optional<String> key = Optional.ofNullable(fields.remove(KEY_HEADER)).map(JsonNode::asText);
        if (operation.takesBody()) {
            JsonNode body = body(http);
            errors.addAll(operation.bodyErrors(body, language));
            if (body instanceof ObjectNode object) {
                fields.setAll(object);
            }
        }
        if (!errors.isEmpty()) {
            throw new Invalid(errors).asException();
        }
        return new Read<>(bound(fields, type, language), key, hash(fields));
    }

    private static JsonNode body(HttpRequest http) {
        if (http.body().length > BODY_BYTES_MAX) {
            throw new TooLarge(BODY_BYTES_MAX).asException();
        }
        String contentType = http.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!contentType.split(";", -1)[0].strip().equals("application/json")) {
            throw new UnsupportedMediaType().asException();
        }
        try {
            JsonNode body = Json.mapper().readTree(http.body());
            if (body.isMissingNode()) {
                throw new Malformed("empty").asException();
            }
            if (!isUnicode(body)) {
                throw new Malformed("half of a surrogate pair").asException();
            }
            return body;
        } catch (JsonProcessingException malformed) {
            throw new Malformed(malformed.getOriginalMessage()).asException();
        } catch (IOException notUtf8) {
            throw new Malformed("not UTF-8").asException();
        }
    }

    /**
     * Whether each name and text can be kept as it is. JSON's grammar lets half of a surrogate pair through, which has
     * no UTF-8 (RFC 7493, section 2.1): a database, and a hash, would take a question mark in its place.
     */
    private static boolean isUnicode(JsonNode node) {
        return switch (node) {
            case TextNode text -> isUnicode(text.textValue());
            case ObjectNode object ->
                object.propertyStream().allMatch(field -> isUnicode(field.getKey()) && isUnicode(field.getValue()));
            default -> node.valueStream().allMatch(RequestReader::isUnicode);
        };
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    static <Q extends Record> Q bound(ObjectNode fields, Class<Q> type, Language language) {
        try {
            return Json.mapper().treeToValue(fields, type);
        } catch (JsonMappingException refused) {
            String message = switch (language) {
                case FRENCH -> "valeur refusée";
                case ENGLISH -> "value refused";
            };
            throw Unacceptable.field(FieldErrors.name(refused), message).asException();
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String hash(ObjectNode fields) {
        try {
            Object ordered = Json.mapper().treeToValue(fields, Object.class);
            byte[] canonical = Json.mapper().writeValueAsString(ordered).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (GeneralSecurityException | JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
