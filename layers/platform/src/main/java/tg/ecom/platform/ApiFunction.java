package tg.ecom.platform;

import java.util.List;
import java.util.Optional;
import tg.ecom.platform.CommonProblem.Unauthorized;

/**
 * A function for people who are signed in: one class, one operation. The class names who may call it and which settings
 * it needs, and {@link #handle} reads from top to bottom. Parsing, validation, access, errors and logging happen around
 * it.
 *
 * @param <Q> the request: a record of the fields of body, path and query, as openapi.yaml has them
 * @param <R> the answer: a record as openapi.yaml has it, or {@link NoContent}
 */
public abstract non-sealed class ApiFunction<Q extends Record, R extends Record> extends HttpFunction<Q, R> {
    private static final String SCHEME = "Bearer ";

    private final Access access;
    private final TokenVerifier verifier;

    /** For the people of {@code access}, with the settings that the class needs beyond those of every API function. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    protected ApiFunction(Access access, Class<? extends Record>... settings) {
        super(List.of(settings));
        if (!operation().isSignedIn()) {
            throw new IllegalStateException(operation().id() + " asks for no token in openapi.yaml");
        }
        this.access = access;
        this.verifier =
                new TokenVerifier(surroundings().secrets(), surroundings().settings(ApiSettings.class), clock());
    }

    /** Does what the operation is for. Throws a {@link tg.ecom.kernel.ProblemException} for what it refuses. */
    protected abstract R handle(Caller caller, Q request);

    @Override
    final R answer(HttpRequest http, Visitor visitor) {
        AccessToken token = Rehearsal.isOn() ? Rehearsal.token(clock()) : verifier.accessToken(bearer(http));
        telemetry().caller(token.user());
        if (!access.allows(token.roles())) {
            throw new CommonProblem.Forbidden().asException();
        }
        RequestReader.Read<Q> read = read(http, visitor);
        Optional<IdempotencyKey> key = read.key()
                .map(sent -> new IdempotencyKey(token.user(), operation().id(), sent, read.hash()));
        Caller caller = new Caller(token.user(), token.roles(), token.session(), token.epoch(), visitor, key);
        return handle(caller, read.request());
    }

    private static String bearer(HttpRequest http) {
        return http.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .orElseThrow(() -> new Unauthorized(Unauthorized.Reason.TOKEN_MISSING).asException());
    }
}
