package tg.ecom.platform;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * How a statement that failed is told of: into logs with its text, but not with its values, which may be somebody's.
 */
public final class StatementFailures {
    private StatementFailures() {}

    /** Lets failures of that one's statements name no value. */
    public static void withoutValues(Jdbi jdbi) {
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementFailures::message);
    }

    private static String message(StatementException failed) {
        StatementContext context = failed.getStatementContext();
        return failed.getShortMessage() + (context == null ? "" : " [statement: " + context.getRawSql() + "]");
    }
}
