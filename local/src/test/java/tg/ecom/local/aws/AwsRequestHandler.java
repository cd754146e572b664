package tg.ecom.local.aws;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Hands what comes in below a path to the endpoint. */
final class AwsRequestHandler extends Handler.Abstract {
    private final String basePath;
    private volatile AwsEndpoint endpoint;

    AwsRequestHandler(String basePath) {
        this.basePath = basePath;
    }

    void use(AwsEndpoint newEndpoint) {
        endpoint = newEndpoint;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Map<String, String> headers = new TreeMap<>();
        request.getHeaders()
                .forEach(field -> headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), field.getValue()));
        byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
        String query = request.getHttpURI().getQuery();
        AwsResponse answer = endpoint.handle(
                new AwsRequest(request.getMethod(), pathOf(request), query == null ? "" : query, headers, body));
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    /** The SDK's clients of the query protocol (SNS, STS) leave the path of their endpoint out. */
    private String pathOf(Request request) {
        String path = request.getHttpURI().getPath();
        return path.startsWith(basePath) ? path.substring(basePath.length()) : "/";
    }
}
