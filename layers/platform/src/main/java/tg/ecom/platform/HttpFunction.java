package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.ProblemException;

/**
 * A function behind the API: what surrounds the handling of each request. It reads the event, checks it against the
 * contract, has the typed request handled, and renders the answer or the problem. {@link ApiFunction} is for people
 * signed in, {@link PublicFunction} for everybody, {@link WebhookFunction} for the systems of others.
 *
 * @param <Q> the request: a record of the fields of body, path and query, as openapi.yaml has them
 * @param <R> the answer: a record as openapi.yaml has it, or {@link NoContent}
 */
public abstract sealed class HttpFunction<Q extends Record, R extends Record> extends LambdaFunction
        permits ApiFunction, PublicFunction, WebhookFunction {
    private final ApiSettings settings;
    private final Operation operation;
    private final RequestReader<Q> reader;
    private final Telemetry telemetry;

    HttpFunction(List<Class<? extends Record>> declared) {
        super(declared, List.of(StageSettings.class, ApiSettings.class, HashingSettings.class, DatabaseSettings.class));
        String name = getClass().getSimpleName();
        operation = Contract.get().operation(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        settings = surroundings().settings(ApiSettings.class);
        reader = new RequestReader<>(operation, calledWith());
        telemetry = new Telemetry(operation.id());
        surroundings().primeWith(() -> respond(Priming.example(operation, settings), "rehearsal"));
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.mapper().readTree(input);
        HttpResponse response =
                telemetry.observed(context, () -> respond(event, context.getAwsRequestId()), HttpResponse::status);
        output.write(response.event().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** For how many seconds anyone may keep an answer; not at all unless an operation says otherwise. */
    protected int cacheableSeconds() {
        return 0;
    }

    /** Decides who asks, reads what they ask, and has it handled. */
    abstract R answer(HttpRequest http, Visitor visitor);

    final Operation operation() {
        return operation;
    }

    final Telemetry telemetry() {
        return telemetry;
    }

    final RequestReader.Read<Q> read(HttpRequest http, Visitor visitor) {
        return reader.read(http, visitor.language());
    }

    private HttpResponse respond(JsonNode event, String requestId) {
        HttpRequest http = HttpRequest.of(event);
        Visitor visitor = http.visitor();
        HttpResponse response;
        try {
            refuseWhatBypassedTheEntryPoint(http);
            response = HttpResponse.json(operation.successStatus(), answer(http, visitor));
            response.headers().put("cache-control", caching());
        } catch (ProblemException refused) {
            response = HttpResponse.problem(refused.problem(), visitor.language(), requestId);
        } catch (RuntimeException fault) {
            if (Rehearsal.isOn()) {
                throw fault;
            }
            telemetry.fault(fault);
            Problem problem = Aws.isOutage(fault) ? new CommonProblem.Unavailable() : new CommonProblem.Fault();
            response = HttpResponse.problem(problem, visitor.language(), requestId);
        }
        response.headers().put("x-request-id", requestId);
        return response;
    }

    private String caching() {
        return cacheableSeconds() > 0 ? "public, max-age=" + cacheableSeconds() : "no-store";
    }

    private void refuseWhatBypassedTheEntryPoint(HttpRequest http) {
        byte[] sent = http.originSecret().orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sent, settings.originSecret().getBytes(StandardCharsets.UTF_8))) {
            throw new CommonProblem.Forbidden().asException();
        }
    }
}
