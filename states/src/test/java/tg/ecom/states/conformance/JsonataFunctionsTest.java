package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** JSONata's own functions, and those that Step Functions adds and takes away: guide, "Transforming data". */
@WithInterpreter
class JsonataFunctionsTest {
    private final Interpreter states;

    JsonataFunctionsTest(Interpreter states) {
        this.states = states;
    }

    private Run evaluated(String expression) {
        ObjectNode pass = object("{Type: 'Pass', End: true}").put("Output", "{% " + expression + " %}");
        return states.run(machine("{A: " + pass + "}"), "{list: [3, 1, 2], text: 'é', n: 5}");
    }

    private JsonNode value(String expression) {
        return evaluated(expression).output();
    }

    @Test
    void partition_cutsIntoChunks() {
        assertEquals(json("[[1, 2], [3, 4], [5]]"), value("$partition([1, 2, 3, 4, 5], 2)"));
        assertEquals(json("[[1, 2]]"), value("$partition([1, 2], 5)"));
    }

    @Test
    void range_countsInSteps() {
        assertEquals(json("[1, 3, 5, 7, 9]"), value("$range(1, 9, 2)"));
        assertEquals(json("[5, 4, 3]"), value("$range(5, 3, -1)"));
        evaluated("$range(1, 9, 0)").failed("States.QueryEvaluationError");
    }

    @Test
    void hash_isInHexadecimal() {
        assertEquals(json("'900150983cd24fb0d6963f7d28e17f72'"), value("$hash('abc', 'MD5')"));
        assertEquals(json("'a9993e364706816aba3e25717850c26c9cd0d89d'"), value("$hash('abc', 'SHA-1')"));
        assertEquals(
                json("'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'"),
                value("$hash('abc', 'SHA-256')"));
        assertEquals(96, value("$hash($states.input.text, 'SHA-384')").asText().length());
        assertEquals(128, value("$hash($states.input.text, 'SHA-512')").asText().length());
        evaluated("$hash('abc', 'CRC')").failed("States.QueryEvaluationError");
    }

    @Test
    void random_isBetweenZeroAndOne_andTheSameForASeed() {
        double random = value("$random()").asDouble();
        assertTrue(random >= 0 && random < 1, () -> "" + random);
        assertEquals(value("$random(7)"), value("$random(7)"));
        assertNotEquals(value("$random()"), value("$random()"));
    }

    @Test
    void uuid_isOfVersionFourAndFresh() {
        JsonNode two = value("[$uuid(), $uuid()]");
        for (JsonNode uuid : two) {
            assertTrue(
                    uuid.asText().matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
                    uuid::asText);
        }
        assertNotEquals(two.path(0), two.path(1));
    }

    @Test
    void parse_readsJson() {
        assertEquals(json("{a: [1, null, true]}"), value("$parse('{\"a\": [1, null, true]}')"));
        evaluated("$parse('{')").failed("States.QueryEvaluationError");
    }

    @Test
    void eval_doesNotWork() {
        evaluated("$eval('1 + 1')").failed("States.QueryEvaluationError");
    }

    /** The library's own fails where a character takes two places in Java. */
    @Test
    void substring_countsWholeCharacters() {
        assertEquals(json("'é😀b'"), value("$substring('aé😀b', 1)"));
        assertEquals(json("'bc'"), value("$substring('😀bc', -2)"));
        assertEquals(json("'😀b'"), value("$substring('😀bc', 0, 2)"));
        assertEquals(json("'b'"), value("$substring('😀bc', -2, 1)"));
        assertEquals(json("''"), value("$substring('abc', 5)"));
        assertEquals(json("''"), value("$substring('abc', 1, -1)"));
        assertEquals(json("'abc'"), value("$substring('abc', -9)"));
        assertEquals(json("['b', 'd']"), value("['ab', 'cd'].$substring(1)"));
        assertEquals(json("'c'"), value("'abc' ~> $substring(2)"));
        assertEquals(json("{}"), value("{'x': $substring($states.input.none, 1)}"));
        evaluated("$substring(1, 2)").failed("States.QueryEvaluationError");
    }

    @Test
    void jsonatasOwnFunctions_work() {
        assertEquals(json("[1, 2, 3]"), value("$sort($states.input.list)"));
        assertEquals(json("6"), value("$sum($states.input.list)"));
        assertEquals(json("'3-1-2'"), value("$join($states.input.list.$string(), '-')"));
        assertEquals(json("[9, 1, 4]"), value("$map($states.input.list, function($x) { $x * $x })"));
        assertEquals(json("'odd'"), value("$states.input.n % 2 = 1 ? 'odd' : 'even'"));
        assertEquals(json("{a: 1, b: 2}"), value("$merge([{'a': 1}, {'b': 2}])"));
        assertEquals(json("[3, 2]"), value("$states.input.list[$ > 1]"));
        assertEquals(json("3"), value("($x := 1; $y := 2; $x + $y)"));
        assertEquals(json("'ABC'"), value("$uppercase('abc')"));
        assertEquals(json("'2026'"), value("$substring('2026-11-23', 0, 4)"));
        assertEquals(json("true"), value("$contains('abc', /b./)"));
    }

    /** The time is the one that waits and timeouts see. */
    @Test
    void nowAndMillis_areTheClocks() {
        assertEquals(states.clock().instant(), Instant.parse(value("$now()").asText()));
        assertEquals(states.clock().instant().toEpochMilli(), value("$millis()").asLong());
    }

    @Test
    void undefinedAndUnknown_areErrors() {
        evaluated("$states.input.none").failed("States.QueryEvaluationError");
        evaluated("$unknown()").failed("States.QueryEvaluationError");
        evaluated("1 / 0").failed("States.QueryEvaluationError");
        evaluated("'a' + 1").failed("States.QueryEvaluationError");
        evaluated("$error('mine')").failed("States.QueryEvaluationError");
    }

    @Test
    void resultAndErrorOutput_areNotEverywhere() {
        evaluated("$states.result").failed("States.QueryEvaluationError");
        evaluated("$states.errorOutput").failed("States.QueryEvaluationError");
    }

    /** An expression that never ends must not hold up the others. */
    @Test
    void endlessExpression_isAnError() {
        evaluated("($f := function($n) { $f($n + 1) + 1 }; $f(1))").failed("States.QueryEvaluationError");
    }
}
