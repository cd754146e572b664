package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.function.Executable;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.ProblemException;
import tg.ecom.platform.Json;

/** What was refused, and how. */
final class Refused {
    private Refused() {}

    static Problem refused(String code, Executable work) {
        Problem problem = assertThrows(ProblemException.class, work).problem();
        assertEquals(code, problem.code());
        return problem;
    }

    static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
