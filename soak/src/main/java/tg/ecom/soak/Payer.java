package tg.ecom.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who recharges, as their app does it: signed in all along. */
final class Payer {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    /** A token lives for 15 minutes. */
    private static final Duration TOKEN_USE_MAX = Duration.ofMinutes(8);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final Machine machine;
    private final String phone;
    private JsonNode tokens;
    private Duration tokenAge = Duration.ZERO;
    private long credited;

    private Payer(Machine machine, String phone, JsonNode tokens) {
        this.machine = machine;
        this.phone = phone;
        this.tokens = tokens;
    }

    /**
     * Signs somebody up.
     *
     * @param phone 8 digits that nobody has
     */
    static Payer signUp(Machine machine, String phone) {
        String verification = machine.post(
                        "/api/auth/send-otp", Map.of(), Map.of("phone", phone, "type", "registration"))
                .expect(ACCEPTED)
                .path("verification_id")
                .asText();
        Matcher code = CODE.matcher(machine.tool("GET", "sms?phone=" + phone, Map.of())
                .at("/items/0/text")
                .asText());
        if (!code.find()) {
            throw new SoakFailure("no code came to " + phone);
        }
        String token = machine.post(
                        "/api/auth/verify-otp", Map.of(), Map.of("verification_id", verification, "code", code.group()))
                .expect(OK)
                .path("verification_token")
                .asText();
        Map<String, Object> registration = Map.of(
                "verification_token", token,
                "first_name", "Afi",
                "last_name", "Mensah",
                "password", "une phrase que je retiens",
                "user_type", "client",
                "consents", Map.of("terms", true, "privacy", true));
        JsonNode account =
                machine.post("/api/auth/register", Map.of(), registration).expect(CREATED);
        return new Payer(machine, phone, account.path("tokens"));
    }

    String phone() {
        return phone;
    }

    /** Moves everybody's time, and gets new tokens when those that they have grow old. */
    void advance(Duration by) {
        machine.tool("POST", "clock", Map.of("advance_s", by.toSeconds()));
        tokenAge = tokenAge.plus(by);
        if (tokenAge.compareTo(TOKEN_USE_MAX) > 0) {
            String old = tokens.path("refresh_token").asText();
            tokens = machine.post("/api/auth/refresh", Map.of(), Map.of("refresh_token", old))
                    .expect(OK);
            tokenAge = Duration.ZERO;
        }
    }

    Machine.Answer recharge(String key, long amount) {
        Map<String, String> headers = Map.of("authorization", authorization(), "idempotency-key", key);
        return machine.post("/api/wallet/recharge", headers, Map.of("amount", amount, "payment_method", "yas"));
    }

    JsonNode rechargeById(String id) {
        return get("/api/wallet/recharges/" + id);
    }

    long balance() {
        return get("/api/wallet/balance").path("balance").longValue();
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

    /** What YAS has in its books of them. */
    List<JsonNode> statement() {
        List<JsonNode> items = new ArrayList<>();
        machine.tool("GET", "operators/yas/statement?phone=" + phone, Map.of())
                .path("items")
                .forEach(items::add);
        return items;
    }

    /** What is in YAS's books since they held these references only. */
    List<JsonNode> statementSince(Set<String> references) {
        return statement().stream()
                .filter(item -> !references.contains(item.path("reference").asText()))
                .toList();
    }

    Set<String> references() {
        Set<String> references = new HashSet<>();
        statement().forEach(item -> references.add(item.path("reference").asText()));
        return references;
    }

    private JsonNode get(String path) {
        return machine.get(path, Map.of("authorization", authorization())).expect(OK);
    }

    private String authorization() {
        return "Bearer " + tokens.path("access_token").asText();
    }
}
