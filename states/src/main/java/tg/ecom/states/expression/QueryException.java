package tg.ecom.states.expression;

/** An expression could not be evaluated, or came to nothing that is JSON; States.QueryEvaluationError to a machine. */
public final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String location;

    /** With what is wrong with an expression that can't be read. */
    public QueryException(String message) {
        this("", message);
    }

    /** With the field that was evaluated, such as {@code Output/total}, and what is wrong. */
    QueryException(String location, String message) {
        super(message);
        this.location = location;
    }

    /** The field that was evaluated. */
    public String location() {
        return location;
    }
}
