package tg.ecom.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a caller did, or ran into, that ends a request. A domain has one sealed interface below this one, with
 * a record for each kind. It becomes an answer of type application/problem+json (RFC 9457) in one place, platform.
 */
public interface Problem {
    /** What is told of every problem of this kind. */
    Rule rule();

    /**
     * A kind of problem.
     *
     * @param status the HTTP status, 400 to 599
     * @param code the stable name that apps decide by, such as {@code insufficient_funds}
     * @param detail what happened and what the caller can do about it, for people
     */
    record Rule(int status, String code, Text detail) {
        /** With the words in both languages. */
        public Rule(int status, String code, String french, String english) {
            this(status, code, new Text(french, english));
        }
    }

    /** The HTTP status, 400 to 599. */
    default int status() {
        return rule().status();
    }

    /** The stable name that apps decide by. */
    default String code() {
        return rule().code();
    }

    /** What happened and what the caller can do about it, for people. */
    default Text detail() {
        return rule().detail();
    }

    /** Members of the answer beside the standard ones, such as which limit was met; names in snake_case. */
    default Map<String, Object> members() {
        return Map.of();
    }

    /** When trying again makes sense, told as Retry-After. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** This problem as an exception to throw where the rule is broken. */
    default ProblemException asException() {
        return new ProblemException(this);
    }
}
