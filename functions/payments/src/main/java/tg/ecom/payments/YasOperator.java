package tg.ecom.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tg.ecom.kernel.PaymentId;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.platform.Failpoints;
import tg.ecom.platform.Json;
import tg.ecom.platform.Secrets;

/**
 * YAS (Togocel, formerly T-Money) by its middleware. A token of {@code /login} is remembered, and renewed when it is
 * refused.
 */
final class YasOperator implements Operator {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);
    private static final int ANSWER_BYTES_MAX = 64_000;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final YasSettings settings;
    private final Secrets secrets;
    private final Failpoints failpoints;
    private final Duration answerTimeout;
    private Optional<String> token = Optional.empty();

    YasOperator(YasSettings settings, Secrets secrets, Failpoints failpoints) {
        this(settings, secrets, failpoints, ANSWER_TIMEOUT);
    }

    /** {@code answerTimeout} is how long an answer may take. */
    YasOperator(YasSettings settings, Secrets secrets, Failpoints failpoints, Duration answerTimeout) {
        this.settings = settings;
        this.secrets = secrets;
        this.failpoints = failpoints;
        this.answerTimeout = answerTimeout;
    }

    @Override
    public PaymentMethod method() {
        return PaymentMethod.YAS;
    }

    @Override
    public Answer initiate(Debit debit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("idRequete", debit.reference().text())
                .put("numeroClient", debit.phone().e164().substring(1))
                .put("montant", debit.amount().amount())
                .put("refCommande", debit.reference().text())
                .put("dateHeureRequete", TIME.format(debit.at()))
                .put("description", "Recharge Ecom");
        return YasDialect.initiated(sent("debit", post("/tmoney-middleware/debit", body)));
    }

    @Override
    public Answer query(Reference reference) {
        String query = "?idRequete=" + URLEncoder.encode(reference.text(), StandardCharsets.UTF_8);
        return YasDialect.queried(sent("query", request("/tmoney-middleware/transactionid" + query)));
    }

    @Override
    public Optional<PaymentId> subjectOf(byte[] body) {
        return YasDialect.subjectOf(body);
    }

    /** Sends with a token, with a new one if the one that we have is refused. */
    private YasDialect.Reply sent(String call, HttpRequest.Builder request) {
        try {
            boolean remembered = token.isPresent();
            HttpResponse<byte[]> response = authorized(call, request);
            if (response.statusCode() == UNAUTHORIZED && remembered) {
                token = Optional.empty();
                response = authorized(call, request);
            }
            return YasDialect.reply(response.statusCode(), response.body());
        } catch (IOException noAnswer) {
            // Only its kind: its message may quote what was sent.
            return YasDialect.Reply.none(noAnswer.getClass().getSimpleName());
        }
    }

    private HttpResponse<byte[]> authorized(String call, HttpRequest.Builder request) throws IOException {
        if (token.isEmpty()) {
            token = Optional.of(login());
        }
        return exchange(call, request.copy().header("Authorization", "Bearer " + token.get()));
    }

    private String login() throws IOException {
        JsonNode account = Json.mapper().readTree(secrets.value(settings.yasSecret()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("nomUtilisateur", account.path("username").asText())
                .put("motDePasse", account.path("password").asText());
        HttpResponse<byte[]> response = exchange("login", post("/login", body));
        JsonNode given = YasDialect.json(response.body()).path("data").path("token");
        if (response.statusCode() != OK || !given.isTextual()) {
            throw new LoginRefused();
        }
        return given.textValue();
    }

    /** An exchange without an answer, cut or timed out, passes {@code http.yas.CALL.before} only. */
    private HttpResponse<byte[]> exchange(String call, HttpRequest.Builder request) throws IOException {
        try {
            return failpoints.around("http.yas." + call, () -> answered(request.build()));
        } catch (UncheckedIOException noAnswer) {
            throw noAnswer.getCause();
        }
    }

    private HttpResponse<byte[]> answered(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        }
    }

    private HttpRequest.Builder post(String path, ObjectNode body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(settings.yasBaseUrl() + path)).timeout(answerTimeout);
    }

    /** YAS does not take our name and password, or answered the log-in with something else. */
    private static final class LoginRefused extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
