package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.ProblemException;

/** What was refused, and how. */
final class Refused {
    private Refused() {}

    static Problem refused(String code, Executable work) {
        Problem problem = assertThrows(ProblemException.class, work).problem();
        assertEquals(code, problem.code());
        return problem;
    }
}
