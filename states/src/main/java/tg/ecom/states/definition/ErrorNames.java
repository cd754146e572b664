package tg.ecom.states.definition;

import java.util.List;
import java.util.Set;

/** The errors with names of their own (Amazon States Language, appendix A), and which names match which errors. */
public final class ErrorNames {
    /** Matches every error but the two that end an execution for good. */
    public static final String ALL = "States.ALL";

    /** Matches every error but timeouts and the two that end an execution for good. */
    public static final String TASK_FAILED = "States.TaskFailed";

    /** A state took longer than TimeoutSeconds, or the whole execution did; matches missing signs of life too. */
    public static final String TIMEOUT = "States.Timeout";

    /** A task gave no sign of life for HeartbeatSeconds. */
    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";

    /** A branch of a Parallel failed. */
    public static final String BRANCH_FAILED = "States.BranchFailed";

    /** No rule of a Choice matched, and it has no default. */
    public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

    /** An expression failed, or came to what the field can't be. */
    public static final String QUERY_EVALUATION = "States.QueryEvaluationError";

    /** Something went wrong that no retry would mend. */
    public static final String RUNTIME = "States.Runtime";

    /** A value is over 256 KiB. */
    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";

    private static final Set<String> TERMINAL = Set.of(RUNTIME, DATA_LIMIT_EXCEEDED);

    /** A task that "failed to send a heartbeat" is a States.Timeout too (developer guide, "Error names"). */
    private static final Set<String> TIMEOUTS = Set.of(TIMEOUT, HEARTBEAT_TIMEOUT);

    private ErrorNames() {}

    /** Whether the names of a Retry or a Catch match an error. */
    static boolean match(List<String> names, String error) {
        return names.stream().anyMatch(name -> matches(name, error));
    }

    private static boolean matches(String name, String error) {
        return switch (name) {
            case ALL -> !TERMINAL.contains(error);
            case TASK_FAILED -> !TERMINAL.contains(error) && !TIMEOUTS.contains(error);
            case TIMEOUT -> TIMEOUTS.contains(error);
            default -> name.equals(error);
        };
    }
}
