package tg.ecom.local.gateway;

import java.util.Optional;

/**
 * The simulated payment operators, below {@code /_operators}; in the cloud the real ones have addresses of their own.
 */
@FunctionalInterface
public interface OperatorEndpoint {
    /** Answers one request, or has its connection cut without an answer. */
    Optional<ToolAnswer> handle(OperatorRequest request);
}
