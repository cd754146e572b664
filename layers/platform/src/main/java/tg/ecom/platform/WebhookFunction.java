package tg.ecom.platform;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A function that another company's system calls: one class, one operation, as {@link PublicFunction}, but what comes
 * is handed over as it came. Whether it makes sense is for the class to say, which answers nonsense alike.
 *
 * @param <Q> the request as openapi.yaml has it: a record without fields
 * @param <R> the answer: a record as openapi.yaml has it
 */
public abstract non-sealed class WebhookFunction<Q extends Record, R extends Record> extends HttpFunction<Q, R> {
    private static final int BODY_BYTES_MAX = 64_000;
    private static final int HEADERS_MAX = 50;
    private static final int HEADER_LENGTH_MAX = 2_000;

    /** Secrets of ours or of somebody else's, and what only the way here added. */
    private static final List<String> KEPT_OUT = List.of("x-ecom-origin", "authorization", "cookie");

    /** With the settings that the class needs beyond those of every API function. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    protected WebhookFunction(Class<? extends Record>... settings) {
        super(List.of(settings));
        if (operation().isSignedIn()) {
            throw new IllegalStateException(operation().id() + " asks for a token in openapi.yaml");
        }
    }

    /**
     * What came.
     *
     * @param headers names in small letters, without those that are secret
     * @param body its bytes, at most 64,000
     */
    public record Delivery(Map<String, String> headers, byte[] body) {
        public Delivery {
            headers = Map.copyOf(headers);
        }
    }

    /** Takes in what came. Throws a {@link tg.ecom.kernel.ProblemException} only for what is none of the sender's. */
    protected abstract R handle(Delivery delivery);

    @Override
    final R answer(HttpRequest http, Visitor visitor) {
        if (http.body().length > BODY_BYTES_MAX) {
            throw new CommonProblem.TooLarge(BODY_BYTES_MAX).asException();
        }
        Map<String, String> headers = new TreeMap<>();
        http.headers().entrySet().stream()
                .filter(header -> !KEPT_OUT.contains(header.getKey()))
                .limit(HEADERS_MAX)
                .forEach(header -> headers.put(
                        header.getKey(),
                        header.getValue()
                                .substring(0, Math.min(header.getValue().length(), HEADER_LENGTH_MAX))));
        return handle(new Delivery(headers, http.body()));
    }
}
