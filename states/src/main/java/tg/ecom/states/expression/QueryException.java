package tg.ecom.states.expression;

/** An expression could not be evaluated, or came to nothing that is JSON; States.QueryEvaluationError to a machine. */
public final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public QueryException(String message) {
        super(message);
    }
}
