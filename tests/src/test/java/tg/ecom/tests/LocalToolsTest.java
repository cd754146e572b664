package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools of the one-machine cloud say what they can't make sense of, and do nothing then. */
final class LocalToolsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | clock                             | {"advance_s": -5}
            POST | clock                             | {"advance_s": "x"}
            POST | clock                             | {"advance_s": 1e30}
            POST | clock                             | no JSON
            POST | ledger/fund                       | {"phone": "x", "amount": 1}
            POST | ledger/fund                       | {"phone": "90000001", "amount": -1}
            POST | ledger/fund                       | {"phone": "90000001", "amount": 1.5}
            PUT  | operators/yas                     | {"scenario": "nope"}
            PUT  | operators/yas                     | []
            PUT  | operators/nope                    | {"scenario": "silent"}
            PUT  | faults                            | {"kill": 5}
            PUT  | faults                            | {"kill": [{"function": "nope", "point": "commit.after"}]}
            PUT  | faults                            | {"kill": [{"point": "commit.after"}]}
            PUT  | faults                            | {"seed": 7, "rate": 2}
            PUT  | faults                            | {"seed": "x", "rate": 0.5}
            PUT  | faults                            | {}
            GET  | sms?phone=%00                     | ''
            GET  | operators/yas/statement?phone=zz  | ''
            """)
    void nonsense_isRefusedInASentence(String method, String name, String body) {
        Http.Response answer = scene.cloud().tool(method, name, body);
        assertEquals(400, answer.status(), answer::text);
        assertFalse(answer.json().path("message").textValue().isBlank());
        scene.cloud()
                .tool("GET", "faults", "")
                .json()
                .path("points")
                .forEach(point -> assertEquals(0, point.path("killed").intValue(), point::toString));
    }

    @ParameterizedTest
    @CsvSource({"GET, nope", "GET, executions/nope", "POST, ledger/nope"})
    void unknown_isNotFound(String method, String name) {
        assertEquals(404, scene.cloud().tool(method, name, "").status());
    }
}
