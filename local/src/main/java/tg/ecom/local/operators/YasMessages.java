package tg.ecom.local.operators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The bodies that YAS takes and gives. */
final class YasMessages {
    private static final int PENDING = 2000;
    private static final int PAID = 2002;
    private static final int REFUSED = 4020;
    private static final long AMOUNT_MAX = 1_000_000_000_000L;

    /** Of a request, as its caller names it. */
    static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9-]{1,30}");

    private static final Pattern ORDER_REFERENCE = Pattern.compile("\\P{Cntrl}{0,100}");

    private YasMessages() {}

    /** The payment that a debit asks for; nothing when a field is missing or wrong. */
    static Optional<Payment> payment(JsonNode debit, Instant now) {
        String reference = debit.path("idRequete").asText("");
        String order = debit.path("refCommande").asText("");
        String phone = debit.path("numeroClient").asText("");
        JsonNode amount = debit.path("montant");
        boolean valid = REFERENCE.matcher(reference).matches()
                && ORDER_REFERENCE.matcher(order).matches()
                && phone.matches("228\\d{8}")
                && amount.isIntegralNumber()
                && amount.asLong() > 0
                && amount.asLong() <= AMOUNT_MAX;
        if (!valid) {
            return Optional.empty();
        }
        return Optional.of(new Payment(
                reference,
                operatorReference(UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8))),
                order,
                "+" + phone,
                amount.asLong(),
                Scenario.SUCCESS,
                now,
                0));
    }

    /** A reference as YAS writes them. */
    static String operatorReference(UUID source) {
        return "TM" + source.toString().replace("-", "").substring(0, 12).toUpperCase(Locale.ROOT);
    }

    /** The answer to a debit, whether it is the first with its reference or not. */
    static ObjectNode accepted(Payment payment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", PENDING)
                .put("message", "En attente de la confirmation du client")
                .put("idRequete", payment.reference());
    }

    /** The answer to a question, which is a webhook's body too. */
    static ObjectNode told(Payment payment, Payment.Status status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (status) {
            case PENDING -> body.put("code", PENDING).put("message", "Transaction en cours");
            case PAID -> body.put("code", PAID).put("message", "Transaction réussie");
            case REFUSED -> body.put("code", REFUSED).put("message", "Transaction refusée par le client");
        }
        return body.put("refTmoney", payment.operatorReference())
                .put("idRequete", payment.reference())
                .put(
                        "statutRequete",
                        switch (status) {
                            case PENDING -> "EN_COURS";
                            case PAID -> "SUCCES";
                            case REFUSED -> "ECHEC";
                        })
                .put("typeRequete", "DEBIT")
                .put("refCommande", payment.orderReference())
                .put("montant", status == Payment.Status.PAID ? payment.settledAmount() : payment.amount())
                .put("numeroClient", payment.phone().substring(1));
    }
}
