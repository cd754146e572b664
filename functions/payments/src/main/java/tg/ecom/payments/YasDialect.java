package tg.ecom.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.payments.Operator.Answer;
import tg.ecom.payments.Operator.Status;
import tg.ecom.platform.Json;

/**
 * What YAS's words mean. Its codes and its statuses say the same thing twice; where the two contradict each other
 * nothing is known.
 */
final class YasDialect {
    private static final int PENDING = 2000;
    private static final int SUCCEEDED = 2002;
    private static final int NO_CODE = 0;
    private static final int NO_ANSWER = 0;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int REFERENCE_LENGTH_MAX = 100;
    private static final int WORD_LENGTH_MAX = 40;

    private YasDialect() {}

    /**
     * What came back.
     *
     * @param status the HTTP status; 0 when nothing came
     * @param body as JSON; missing when it was none
     * @param fault what happened instead of an answer
     */
    record Reply(int status, JsonNode body, String fault) {
        static Reply none(String fault) {
            return new Reply(NO_ANSWER, MissingNode.getInstance(), fault);
        }

        /** Whether the operator decided something, rather than failed at it. */
        private boolean isDecided() {
            return status != NO_ANSWER
                    && status != UNAUTHORIZED
                    && status != REQUEST_TIMEOUT
                    && status != TOO_MANY_REQUESTS
                    && status < SERVER_ERROR
                    && code() != NO_CODE;
        }

        private int code() {
            return body.path("code").isInt() ? body.path("code").intValue() : NO_CODE;
        }

        private String state() {
            return body.path("statutRequete").asText();
        }

        /** Only what is a word: a message may hold a phone. */
        private String word() {
            String word = status == NO_ANSWER
                    ? fault
                    : status + " " + body.path("code").asText() + " " + state();
            return word.strip().substring(0, Math.min(word.strip().length(), WORD_LENGTH_MAX));
        }
    }

    static Reply reply(int status, byte[] body) {
        return new Reply(status, json(body), "");
    }

    /** Taken, or refused at once. A debit whose answer says more than that is asked about. */
    static Answer initiated(Reply reply) {
        if (!reply.isDecided()) {
            return Answer.unknown(reply.word());
        }
        boolean taken = reply.code() == PENDING || reply.code() == SUCCEEDED;
        return answer(taken ? Status.PENDING : Status.FAILED, reply);
    }

    static Answer queried(Reply reply) {
        if (!reply.isDecided()) {
            return Answer.unknown(reply.word());
        }
        if (reply.status() == NOT_FOUND) {
            return new Answer(
                    Status.UNKNOWN,
                    reply.word(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Money.CURRENCY);
        }
        return answer(status(reply), reply);
    }

    private static Status status(Reply reply) {
        return switch (reply.state()) {
            case "SUCCES" -> reply.code() == SUCCEEDED ? Status.SUCCEEDED : Status.UNKNOWN;
            case "EN_COURS" -> reply.code() == PENDING ? Status.PENDING : Status.UNKNOWN;
            case "ECHEC" -> reply.code() == PENDING || reply.code() == SUCCEEDED ? Status.UNKNOWN : Status.FAILED;
            default -> Status.UNKNOWN;
        };
    }

    static Optional<PaymentId> subjectOf(byte[] body) {
        return text(json(body), "idRequete").flatMap(Reference::parse);
    }

    static JsonNode json(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The middleware knows one currency, and does not name it. */
    private static Answer answer(Status status, Reply reply) {
        JsonNode amount = reply.body().path("montant");
        return new Answer(
                status,
                reply.word(),
                false,
                text(reply.body(), "refTmoney"),
                text(reply.body(), "idRequete"),
                amount.canConvertToExactIntegral() && amount.canConvertToLong()
                        ? Optional.of(amount.longValue())
                        : Optional.empty(),
                Money.CURRENCY);
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.of(object.path(field).asText())
                .filter(text -> !text.isEmpty() && text.length() <= REFERENCE_LENGTH_MAX);
    }
}
