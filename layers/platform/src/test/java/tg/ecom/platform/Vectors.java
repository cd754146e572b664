package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Vectors of Project Wycheproof: each becomes a test, named by its file, number and comment. */
final class Vectors {
    private Vectors() {}

    interface Check {
        /** Checks one vector. The group has what several share, such as a key. */
        void check(JsonNode group, JsonNode vector, boolean valid) throws Exception;
    }

    static Stream<DynamicTest> of(String file, Check check) {
        return read(file)
                .path("testGroups")
                .valueStream()
                .flatMap(group -> group.path("tests").valueStream().map(vector -> test(file, group, vector, check)));
    }

    static byte[] bytes(JsonNode hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal.textValue());
    }

    private static DynamicTest test(String file, JsonNode group, JsonNode vector, Check check) {
        String name =
                file + " " + vector.path("tcId") + " " + vector.path("comment").asText();
        boolean valid = vector.path("result").asText().equals("valid");
        return DynamicTest.dynamicTest(name, () -> check.check(group, vector, valid));
    }

    private static JsonNode read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/wycheproof/" + file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
