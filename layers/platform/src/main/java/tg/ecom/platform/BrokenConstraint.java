package tg.ecom.platform;

import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Which constraint of the database a failed statement would have broken. */
public final class BrokenConstraint {
    private BrokenConstraint() {}

    /** Its name, such as that of a unique index. @return empty when the statement failed for another reason */
    public static Optional<String> of(Throwable failure) {
        return answer(failure).map(ServerErrorMessage::getConstraint);
    }

    /** Whether PostgreSQL itself answered with the failure, of whatever kind: what the statement did is then undone. */
    public static boolean isAnswered(Throwable failure) {
        return answer(failure).isPresent();
    }

    private static Optional<ServerErrorMessage> answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql) {
                return Optional.ofNullable(sql.getServerErrorMessage());
            }
        }
        return Optional.empty();
    }
}
