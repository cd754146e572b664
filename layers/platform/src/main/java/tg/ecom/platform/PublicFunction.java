package tg.ecom.platform;

import java.util.List;

/**
 * A function for everybody, signed in or not: one class, one operation, as {@link ApiFunction}.
 *
 * @param <Q> the request: a record of the fields of body, path and query, as openapi.yaml has them
 * @param <R> the answer: a record as openapi.yaml has it, or {@link NoContent}
 */
public abstract non-sealed class PublicFunction<Q extends Record, R extends Record> extends HttpFunction<Q, R> {
    /** With the settings that the class needs beyond those of every API function. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    protected PublicFunction(Class<? extends Record>... settings) {
        super(List.of(settings));
        if (operation().isSignedIn()) {
            throw new IllegalStateException(operation().id() + " asks for a token in openapi.yaml");
        }
    }

    /** Does what the operation is for. Throws a {@link tg.ecom.kernel.ProblemException} for what it refuses. */
    protected abstract R handle(Visitor visitor, Q request);

    @Override
    final R answer(HttpRequest http, Visitor visitor) {
        return handle(visitor, read(http, visitor).request());
    }
}
