package tg.ecom.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tg.ecom.client.Answer;
import tg.ecom.client.Ecom;
import tg.ecom.client.Person;
import tg.ecom.client.Person.Newcomer;

/** Somebody who recharges, as their app does it: signed in all along. */
final class Payer {
    private static final int OK = 200;

    private final Ecom ecom;
    private final Person person;
    private long credited;

    private Payer(Ecom ecom, Person person) {
        this.ecom = ecom;
        this.person = person;
    }

    /**
     * Signs somebody up.
     *
     * @param phone 8 digits that nobody has
     */
    static Payer signUp(Ecom ecom, String phone) {
        return new Payer(ecom, Person.signUp(ecom, Newcomer.client(phone, "Afi", "Mensah")));
    }

    String phone() {
        return person.phone();
    }

    /** Moves everybody's time. */
    void advance(Duration by) {
        ecom.tools().advance(by);
    }

    Answer recharge(String key, long amount) {
        return person.post("/api/wallet/recharge", key, Map.of("amount", amount, "payment_method", "yas"));
    }

    JsonNode rechargeById(String id) {
        return person.get("/api/wallet/recharges/" + id).expect(OK);
    }

    long balance() {
        return person.get("/api/wallet/balance").expect(OK).path("balance").longValue();
    }

    /** A recharge of theirs has ended, and credited so much. */
    void credited(long amount) {
        credited += amount;
    }

    /** What is wrong with the wallet after all the recharges that have ended, if anything is. */
    Optional<String> audit() {
        long balance = balance();
        return balance == credited
                ? Optional.empty()
                : Optional.of("the wallet has %d, and its recharges credited %d when they ended"
                        .formatted(balance, credited));
    }

    /** What is in YAS's books of them since they held these references only. */
    List<JsonNode> statementSince(Set<String> references) {
        return ecom.tools().yasStatement(phone()).stream()
                .filter(item -> !references.contains(item.path("reference").asText()))
                .toList();
    }

    Set<String> references() {
        return ecom.tools().yasStatement(phone()).stream()
                .map(item -> item.path("reference").asText())
                .collect(Collectors.toSet());
    }
}
