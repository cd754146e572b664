package tg.ecom.local.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What isn't HTTP at all is answered in API Gateway's shape too. */
final class GatewayErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String body = "{\"message\":\"" + HttpStatus.getMessage(response.getStatus()) + "\"}";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
