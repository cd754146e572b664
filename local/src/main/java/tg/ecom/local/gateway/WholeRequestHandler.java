package tg.ecom.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads a request whole, has it answered, and writes the answer. */
abstract class WholeRequestHandler extends Handler.Abstract {
    private static final int DISCARD_MAX_BYTES = 64 * 1024 * 1024;

    /** Statuses that HTTP gives no body. */
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

    /** How many bytes the body of a request may have, by its path and its Authorization header (null without one). */
    abstract int bodyMaxBytes(String path, String authorization);

    /** Answers a request. @return empty to break the connection without an answer */
    abstract Optional<HttpAnswer> answer(HttpRequest request);

    @Override
    public final boolean handle(Request request, Response response, Callback callback) {
        String path = path(request);
        int bodyMax = bodyMaxBytes(path, request.getHeaders().get("authorization"));
        byte[] body;
        try (InputStream content = Content.Source.asInputStream(request)) {
            body = content.readNBytes(bodyMax + 1);
            if (body.length > bodyMax) {
                // Whoever is still sending reads no answer, so the rest is taken in, up to a bound.
                discard(content);
                response.getHeaders().put("connection", "close");
                write(HttpAnswer.message(413, "Request Entity Too Large"), response, callback);
                return true;
            }
        } catch (IOException e) {
            write(HttpAnswer.message(400, "Bad Request"), response, callback);
            return true;
        }
        answer(read(request, path, body))
                .ifPresentOrElse(answer -> write(answer, response, callback), () -> cut(request, callback));
        return true;
    }

    private static void cut(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        // Done with: a failure would be logged, and nothing has failed.
        callback.succeeded();
    }

    private static void discard(InputStream content) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int read = content.read(buffer);
        for (long total = read; read > 0 && total < DISCARD_MAX_BYTES; total += read) {
            read = content.read(buffer);
        }
    }

    private static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static HttpRequest read(Request request, String path, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(value);
        }
        String query = request.getHttpURI().getQuery();
        return new HttpRequest(
                request.getMethod(),
                path,
                query == null ? "" : query,
                headers,
                body,
                Request.getRemoteAddr(request),
                "http",
                Request.getLocalPort(request));
    }

    private static void write(HttpAnswer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        for (Map.Entry<String, String> header : answer.headers()) {
            // A line break would end the header; HTTP allows none in a value.
            response.getHeaders()
                    .add(header.getKey(), header.getValue().replace('\r', ' ').replace('\n', ' '));
        }
        byte[] body = WITHOUT_BODY.contains(answer.status()) ? new byte[0] : answer.body();
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
