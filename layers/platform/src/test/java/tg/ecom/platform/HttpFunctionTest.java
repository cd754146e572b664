package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.platform.FunctionScene.event;
import static tg.ecom.platform.FunctionScene.header;
import static tg.ecom.platform.FunctionScene.invoked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;

class HttpFunctionTest {
    record Nothing() {}

    record Name(String firstName, Optional<String> lastName) {}

    record Payment(Phone toPhone, Money amount, Optional<String> note) {}

    /** GET /api/me, as far as a test needs it. */
    static final class Me extends ApiFunction<Nothing, Name> {
        private final Function<Caller, Name> handling;

        Me(Access access, Function<Caller, Name> handling) {
            super(access);
            this.handling = handling;
        }

        @Override
        protected Name handle(Caller caller, Nothing request) {
            return handling.apply(caller);
        }

        String fromDatabase() {
            return database()
                    .call(sql ->
                            sql.createQuery("select 'x'").mapTo(String.class).one());
        }
    }

    /** POST /api/wallet/transfer, likewise. */
    static final class Transfer extends ApiFunction<Payment, Name> {
        private final Function<Caller, Name> handling;

        Transfer(Function<Caller, Name> handling) {
            super(Access.SIGNED_IN);
            this.handling = handling;
        }

        @Override
        protected Name handle(Caller caller, Payment request) {
            return handling.apply(caller);
        }
    }

    /** POST /api/auth/logout, likewise. */
    static final class Logout extends ApiFunction<Nothing, NoContent> {
        Logout() {
            super(Access.SIGNED_IN);
        }

        @Override
        protected NoContent handle(Caller caller, Nothing request) {
            return new NoContent();
        }
    }

    /** GET /.well-known/jwks.json, likewise. */
    static final class Jwks extends PublicFunction<Nothing, Name> {
        private final Function<Visitor, Name> handling;

        Jwks(Function<Visitor, Name> handling) {
            this.handling = handling;
        }

        @Override
        protected Name handle(Visitor visitor, Nothing request) {
            return handling.apply(visitor);
        }

        @Override
        protected int cacheableSeconds() {
            return 300;
        }
    }

    /** No operation of the contract. */
    static final class Unheard extends PublicFunction<Nothing, Name> {
        @Override
        protected Name handle(Visitor visitor, Nothing request) {
            return AFI;
        }
    }

    private static final int AT_ONCE = 16;
    private static final Name AFI = new Name("Afi", Optional.empty());
    private static final String GOOD_PAYMENT = "{\"to_phone\":\"90123456\",\"amount\":500}";

    private final List<Object> handled = new ArrayList<>();
    private FunctionScene scene;
    private LogLines log;

    @BeforeEach
    void start() throws IOException {
        scene = new FunctionScene();
        log = LogLines.open();
    }

    @AfterEach
    void stop() {
        log.close();
        scene.close();
    }

    @Test
    void goodRequest_isHandledAndAnswered() throws Exception {
        JsonNode response = invoked(me(), scene.signedIn("client"));
        assertEquals(200, response.path("statusCode").intValue());
        assertEquals("{\"first_name\":\"Afi\"}", response.path("body").textValue());
        assertFalse(response.path("isBase64Encoded").booleanValue());
        assertEquals("application/json", responseHeader(response, "content-type"));
        assertEquals("request-1", responseHeader(response, "x-request-id"));
        assertEquals("no-store", responseHeader(response, "cache-control"));
    }

    @Test
    void caller_isWhoTheTokenSaysFromWhereTheEntryPointSaw() throws Exception {
        invoked(me(), header(scene.signedIn("client", "driver"), "accept-language", "en"));
        assertEquals(
                List.of(new Caller(
                        new UserId(FunctionScene.USER),
                        Set.of(Role.CLIENT, Role.DRIVER),
                        new SessionId(FunctionScene.USER),
                        3,
                        new Visitor(Language.ENGLISH, "198.51.100.4", "app/1"),
                        Optional.empty())),
                handled);
    }

    @Test
    void requestsOfOneInstanceAtTheSameTime_areEachAnsweredTheirOwn() throws Exception {
        CyclicBarrier allInside = new CyclicBarrier(AT_ONCE);
        Me me = scene.made(() -> new Me(Access.SIGNED_IN, caller -> {
            try {
                allInside.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                throw new IllegalStateException(alone);
            }
            return new Name(caller.visitor().device(), Optional.empty());
        }));
        List<Callable<String>> requests = IntStream.range(0, AT_ONCE)
                .<Callable<String>>mapToObj(number ->
                        () -> invoked(me, header(scene.signedIn("client"), "user-agent", "app/" + number))
                                .path("body")
                                .textValue())
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> answers = threads.invokeAll(requests);
            for (int number = 0; number < AT_ONCE; number++) {
                assertEquals(
                        "{\"first_name\":\"app/" + number + "\"}",
                        answers.get(number).get());
            }
        }
    }

    @Test
    void idempotencyKey_namesCallerOperationKeyAndBody() throws Exception {
        Transfer transfer = scene.made(() -> new Transfer(this::answered));
        JsonNode response = invoked(transfer, payment(GOOD_PAYMENT));
        assertEquals(201, response.path("statusCode").intValue());
        IdempotencyKey key = ((Caller) handled.getFirst()).idempotencyKey();
        assertEquals(new UserId(FunctionScene.USER), key.caller());
        assertEquals("transfer", key.operation());
        assertEquals("k1", key.key());
        assertTrue(key.bodyHash().matches("[0-9a-f]{64}"));
    }

    @Test
    void requestPastTheEntryPoint_isForbiddenWhateverItBrings() throws Exception {
        Me me = me();
        ObjectNode none = scene.signedIn("admin");
        none.withObject("/headers").remove("x-ecom-origin");
        for (ObjectNode event : List.of(
                none,
                header(scene.signedIn("admin"), "x-ecom-origin", ""),
                header(scene.signedIn("admin"), "x-ecom-origin", FunctionScene.ORIGIN + "x"),
                AwsServer.object())) {
            JsonNode response = invoked(me, event);
            assertProblem(response, 403, "forbidden", "fr");
            assertFalse(response.toString().contains(FunctionScene.ORIGIN));
        }
        assertEquals(List.of(), handled);
        assertEquals(List.of(), scene.aws.received());
    }

    @ParameterizedTest
    @CsvSource({
        "'', token_missing",
        "Basic YWZpOng=, token_missing",
        "Bearer, token_missing",
        "Bearer x, token_invalid",
        "'Bearer ', token_invalid",
        "Bearer a.b.c, token_invalid"
    })
    void requestWithoutAGoodToken_isUnauthorized(String authorization, String code) throws Exception {
        JsonNode response = invoked(me(), header(event(), "authorization", authorization));
        assertProblem(response, 401, code, "fr");
        assertTrue(responseHeader(response, "www-authenticate").startsWith("Bearer"));
        assertEquals(List.of(), handled);
    }

    @Test
    void requestWithAnExpiredToken_isUnauthorized() throws Exception {
        ObjectNode event = scene.signedIn("client");
        scene.clock.advance(Duration.ofMinutes(15));
        assertProblem(invoked(me(), event), 401, "token_expired", "fr");
        assertProblem(invoked(me(), event()), 401, "token_missing", "fr");
        assertEquals(List.of(), handled);
    }

    @Test
    void schemeInAnyCase_isTheScheme() throws Exception {
        ObjectNode event = header(event(), "authorization", "bEARER " + scene.token("client"));
        assertEquals(200, invoked(me(), event).path("statusCode").intValue());
    }

    @Test
    void roleThatMayNot_isForbidden() throws Exception {
        Me me = scene.made(() -> new Me(Access.only(Role.ADMIN), this::answered));
        assertProblem(invoked(me, scene.signedIn("client", "driver")), 403, "forbidden", "fr");
        assertProblem(invoked(me, scene.signedIn()), 403, "forbidden", "fr");
        assertEquals(List.of(), handled);
        assertEquals(
                200,
                invoked(me, scene.signedIn("client", "admin"))
                        .path("statusCode")
                        .intValue());
    }

    @ParameterizedTest
    @CsvSource({"fr-TG, fr", "en-GB, en", "de, fr", "junk;;;, fr"})
    void problem_isToldInTheCallersLanguage(String accepted, String language) throws Exception {
        Transfer transfer = scene.made(() -> new Transfer(this::answered));
        JsonNode response = invoked(transfer, header(payment("{\"amount\":500.5}"), "accept-language", accepted));
        JsonNode problem = assertProblem(response, 400, "invalid_request", language);
        List<String> fields = problem.path("errors")
                .valueStream()
                .map(error -> error.path("field").textValue())
                .toList();
        assertEquals(Set.of("to_phone", "amount"), Set.copyOf(fields));
        assertEquals(language.equals("fr"), problem.path("detail").textValue().startsWith("La requête"));
        assertEquals(List.of(), handled);
    }

    @Test
    void refusalsOfEveryKind_areAnsweredAndNoneIsAnAlarm() throws Exception {
        Transfer transfer = scene.made(() -> new Transfer(this::answered));
        assertProblem(invoked(transfer, payment("{")), 400, "malformed_json", "fr");
        assertProblem(invoked(transfer, payment("{\"to_phone\":\"1\"}")), 400, "invalid_request", "fr");
        assertProblem(invoked(transfer, payment("[".repeat(5_000))), 400, "malformed_json", "fr");
        assertProblem(
                invoked(transfer, header(payment(GOOD_PAYMENT), "content-type", "text/plain")),
                415,
                "unsupported_media_type",
                "fr");
        assertProblem(invoked(transfer, payment(" ".repeat(1_000_001))), 413, "body_too_large", "fr");
        assertProblem(invoked(transfer, event()), 401, "token_missing", "fr");
        assertProblem(invoked(transfer, AwsServer.object()), 403, "forbidden", "fr");
        Me missing = scene.made(() -> new Me(Access.SIGNED_IN, caller -> {
            throw new CommonProblem.NotFound().asException();
        }));
        assertProblem(invoked(missing, scene.signedIn("client")), 404, "not_found", "fr");
        assertEquals(List.of(), log.alarms());
        assertEquals(List.of(), handled);
    }

    @Test
    void problemWithADelay_saysWhenToTryAgain() throws Exception {
        Me busy = scene.made(() -> new Me(Access.SIGNED_IN, caller -> {
            throw new CommonProblem.TooMany(Duration.ofSeconds(60)).asException();
        }));
        JsonNode response = invoked(busy, scene.signedIn("client"));
        assertProblem(response, 429, "too_many_requests", "fr");
        assertEquals("60", responseHeader(response, "retry-after"));
        Me nearly = scene.made(() -> new Me(Access.SIGNED_IN, caller -> {
            throw new CommonProblem.TooMany(Duration.ofMillis(1)).asException();
        }));
        assertEquals("1", responseHeader(invoked(nearly, scene.signedIn("client")), "retry-after"));
    }

    @Test
    void fault_hidesEverythingFromTheCallerAndIsLoggedOnce() throws Exception {
        Me faulty = scene.made(() -> new Me(Access.SIGNED_IN, caller -> {
            throw new IllegalStateException("select password from auth.users");
        }));
        JsonNode response = invoked(faulty, scene.signedIn("client"));
        assertProblem(response, 500, "internal_error", "fr");
        for (String inner : List.of("select", "IllegalState", "tg.ecom", "password")) {
            assertFalse(response.toString().contains(inner), inner);
        }
        LogEvent alarm = log.alarms().getFirst();
        assertEquals(1, log.alarms().size());
        assertEquals(Level.ERROR, alarm.getLevel());
        assertEquals("request-1", alarm.getContextData().getValue("request_id"));
        assertEquals("me", alarm.getContextData().getValue("operation"));
    }

    @Test
    void log_namesTheCallerAndHoldsNoSecretOfTheirs() throws Exception {
        ObjectNode event = payment(GOOD_PAYMENT);
        invoked(scene.made(() -> new Transfer(this::answered)), event);
        LogEvent line = log.events().stream()
                .filter(logged -> logged.getLoggerName().equals("tg.ecom.function"))
                .findFirst()
                .orElseThrow();
        assertEquals(FunctionScene.USER.toString(), line.getContextData().getValue("caller"));
        String token = event.at("/headers/authorization").textValue().substring("Bearer ".length());
        for (String secret : List.of(token, FunctionScene.ORIGIN, "90123456", "to_phone")) {
            assertFalse(log.text().contains(secret), secret);
        }
    }

    @Test
    void nextCallersLine_doesNotNameTheOneBefore() throws Exception {
        Me me = me();
        invoked(me, scene.signedIn("client"));
        invoked(me, event());
        assertFalse(log.events().getLast().getContextData().containsKey("caller"));
    }

    @Test
    void publicAnswer_mayBeKeptAsLongAsTheOperationSays_andItsProblemNot() throws Exception {
        Jwks jwks = scene.made(() -> new Jwks(visitor -> AFI));
        assertEquals("public, max-age=300", responseHeader(invoked(jwks, event()), "cache-control"));
        assertEquals("no-store", responseHeader(invoked(jwks, AwsServer.object()), "cache-control"));
        assertEquals(List.of(), scene.aws.received());
    }

    @Test
    void operationWithoutContent_answersNone() throws Exception {
        JsonNode response = invoked(scene.made(Logout::new), scene.signedIn("client"));
        assertEquals(204, response.path("statusCode").intValue());
        assertEquals("", response.path("body").textValue());
        assertFalse(response.path("headers").has("content-type"));
    }

    @Test
    void databaseThatIsDown_isUnavailableAndNoFault() throws Exception {
        Me[] me = new Me[1];
        me[0] = scene.made(() -> new Me(Access.SIGNED_IN, caller -> new Name(me[0].fromDatabase(), Optional.empty())));
        JsonNode response = invoked(me[0], scene.signedIn("client"));
        assertProblem(response, 503, "unavailable", "fr");
        assertEquals("2", responseHeader(response, "retry-after"));
    }

    @Test
    void awsThatIsDown_isUnavailable_andOurOwnMistakeThereAFault() throws Exception {
        ObjectNode event = scene.signedIn("client");
        scene.aws.answering((action, request) -> AwsServer.object().put("__type", "AccessDeniedException"));
        assertProblem(invoked(me(), event), 500, "internal_error", "fr");
        scene.aws.answering((action, request) -> AwsServer.object().put("__type", "ThrottlingException"));
        assertProblem(invoked(me(), event), 503, "unavailable", "fr");
        scene.aws.close();
        JsonNode response = invoked(me(), event);
        assertProblem(response, 503, "unavailable", "fr");
        assertEquals("2", responseHeader(response, "retry-after"));
        assertEquals(List.of(), handled);
    }

    @Test
    void functionWithAMissingSettingOrNoOperation_doesNotStart() {
        assertThrows(IllegalStateException.class, () -> scene.made(Unheard::new));
        scene.environment.remove("ECOM_STAGE");
        scene.environment.put("ECOM_SURPLUS", "x");
        IllegalStateException refused = assertThrows(IllegalStateException.class, this::me);
        assertEquals("Settings: ECOM_STAGE is missing; ECOM_SURPLUS is unknown.", refused.getMessage());
        assertFalse(refused.getMessage().contains(FunctionScene.ORIGIN));
    }

    private Me me() throws Exception {
        return scene.made(() -> new Me(Access.SIGNED_IN, this::answered));
    }

    private Name answered(Caller caller) {
        handled.add(caller);
        return AFI;
    }

    private ObjectNode payment(String body) {
        return header(scene.signedIn("client"), "idempotency-key", "k1").put("body", body);
    }

    private static String responseHeader(JsonNode response, String name) {
        return response.path("headers").path(name).asText("absent");
    }

    private static JsonNode assertProblem(JsonNode response, int status, String code, String language)
            throws IOException {
        assertEquals(status, response.path("statusCode").intValue(), response.toString());
        assertEquals("application/problem+json", responseHeader(response, "content-type"));
        assertEquals(language, responseHeader(response, "content-language"));
        assertEquals("request-1", responseHeader(response, "x-request-id"));
        assertEquals("no-store", responseHeader(response, "cache-control"));
        JsonNode problem = Json.mapper().readTree(response.path("body").textValue());
        assertEquals(
                List.of(),
                FieldErrors.of(
                        Contract.get().operation("me").responseSchema(500).orElseThrow(), problem, Language.ENGLISH));
        assertEquals(status, problem.path("status").intValue());
        assertEquals(code, problem.path("code").textValue());
        assertEquals("request-1", problem.path("request_id").textValue());
        return problem;
    }
}
