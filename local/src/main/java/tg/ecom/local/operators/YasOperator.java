package tg.ecom.local.operators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tg.ecom.local.gateway.OperatorRequest;
import tg.ecom.local.gateway.ToolAnswer;

/** YAS's middleware for T-Money: log in, ask for a debit, ask what became of it. */
final class YasOperator implements Operator {
    static final String NAME = "yas";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int WRONG = 400;
    private static final int NOT_LOGGED_IN = 401;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int FAILING_DEBITS = 2;
    private static final int FAILING_QUESTIONS = 1;

    /** In real time: longer than anybody waits for an answer. */
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(12);

    private final OperatorBooks books;
    private final YasTokens tokens;
    private final Webhooks webhooks;
    private final InstantSource clock;
    private final CountDownLatch ended;

    /** Its answers, those that take long end early when that latch opens. */
    YasOperator(OperatorBooks books, Webhooks webhooks, InstantSource clock, CountDownLatch ended) {
        this.books = books;
        this.tokens = new YasTokens(clock);
        this.webhooks = webhooks;
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public OperatorBooks books() {
        return books;
    }

    @Override
    public Webhooks webhooks() {
        return webhooks;
    }

    @Override
    public Optional<ToolAnswer> answer(OperatorRequest request) {
        String call = request.method() + " " + request.path();
        if (call.equals("POST /login")) {
            return Optional.of(logIn(request));
        }
        if (!tokens.accepts(request.header("authorization"))) {
            return Optional.of(failure(NOT_LOGGED_IN, 4001, "Token invalide ou expiré"));
        }
        return switch (call) {
            case "POST /tmoney-middleware/debit" -> debit(request);
            case "GET /tmoney-middleware/transactionid" ->
                Optional.of(question(request.query().getOrDefault("idRequete", "")));
            default -> Optional.of(failure(NOT_FOUND, 4004, "Ressource inconnue"));
        };
    }

    private ToolAnswer logIn(OperatorRequest request) {
        JsonNode body = read(request.body());
        String user = body.path("nomUtilisateur").asText("");
        if (user.isBlank() || body.path("motDePasse").asText("").isBlank()) {
            return failure(NOT_LOGGED_IN, 4001, "Identifiants invalides");
        }
        ObjectNode answer = JSON.createObjectNode().put("code", 2000).put("message", "Connexion réussie");
        answer.putObject("data").put("token", tokens.issue(user));
        return answer(OK, answer);
    }

    private Optional<ToolAnswer> debit(OperatorRequest request) {
        Optional<Payment> asked = YasMessages.payment(read(request.body()), clock.instant());
        if (asked.isEmpty()) {
            return Optional.of(failure(WRONG, 4000, "Requête invalide"));
        }
        Scenario scenario = books.scenario(asked.get().phone());
        Payment payment = asked.get().in(scenario);
        boolean known = books.find(payment.reference()).isPresent();
        if (!known && scenario == Scenario.SERVER_ERRORS && books.fails(payment.reference(), "debit", FAILING_DEBITS)) {
            return Optional.of(failure(SERVER_ERROR, 5000, "Erreur interne"));
        }
        boolean first = books.register(payment, notices(payment));
        ToolAnswer accepted = answer(OK, YasMessages.accepted(payment));
        return first ? deliver(scenario, accepted) : Optional.of(accepted);
    }

    /** How the first answer to a debit arrives, if it does. */
    private Optional<ToolAnswer> deliver(Scenario scenario, ToolAnswer answer) {
        return switch (scenario) {
            case CUT -> Optional.empty();
            case SLOW -> {
                waitSlowly();
                yield Optional.of(answer);
            }
            case WEBHOOK_FIRST -> {
                webhooks.tellDue();
                yield Optional.of(answer);
            }
            case SUCCESS,
                    REFUSED,
                    SILENT,
                    LATE,
                    AFTER_EXPIRY,
                    WEBHOOK_TWICE,
                    WRONG_AMOUNT,
                    FORGED_WEBHOOK,
                    SERVER_ERRORS -> Optional.of(answer);
        };
    }

    private void waitSlowly() {
        try {
            var _ = ended.await(SLOW_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ToolAnswer question(String reference) {
        if (!YasMessages.REFERENCE.matcher(reference).matches()) {
            return failure(NOT_FOUND, 4004, "Transaction inconnue");
        }
        if (books.hasFailed(reference, "debit") && books.fails(reference, "question", FAILING_QUESTIONS)) {
            return failure(SERVER_ERROR, 5000, "Erreur interne");
        }
        return books.find(reference)
                .map(payment -> answer(OK, YasMessages.told(payment, payment.status(clock.instant()))))
                .orElseGet(() -> failure(NOT_FOUND, 4004, "Transaction inconnue"));
    }

    private static Map<Scenario.Notice, String> notices(Payment payment) {
        Payment.Status settled = payment.scenario().paid() ? Payment.Status.PAID : Payment.Status.REFUSED;
        Map<Scenario.Notice, String> bodies = new HashMap<>();
        for (Scenario.Notice notice : payment.scenario().notices()) {
            ObjectNode body = YasMessages.told(payment, notice.forged() ? Payment.Status.PAID : settled);
            if (notice.forged()) {
                body.put("refTmoney", YasMessages.operatorReference(UUID.randomUUID()));
            }
            bodies.put(notice, body.toString());
        }
        return bodies;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            return JSON.createObjectNode();
        }
    }

    private static ToolAnswer failure(int status, int code, String message) {
        return answer(status, JSON.createObjectNode().put("code", code).put("message", message));
    }

    private static ToolAnswer answer(int status, ObjectNode body) {
        return new ToolAnswer(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
