package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private record Broken() implements Problem {
        @Override
        public Rule rule() {
            return new Rule(422, "broken", "cassé", "broken");
        }
    }

    @Test
    void problemThrown_isCarriedWithoutATrace() {
        Problem problem = new Broken();
        ProblemException thrown = problem.asException();
        assertSame(problem, thrown.problem());
        assertEquals("broken", thrown.getMessage());
        assertEquals(0, thrown.getStackTrace().length);
    }

    @Test
    void problem_tellsItsRule() {
        Problem problem = new Broken();
        assertEquals(422, problem.status());
        assertEquals("broken", problem.code());
        assertEquals(new Text("cassé", "broken"), problem.detail());
    }

    @Test
    void problemThatSaysNoMore_hasNoMembersAndNoDelay() {
        assertEquals(Map.of(), new Broken().members());
        assertEquals(Optional.empty(), new Broken().retryAfter());
    }
}
