package tg.ecom.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who signed up as an app does.
 *
 * @param phone in E.164
 * @param token what their app shows
 */
record Person(Machine machine, String phone, String token) {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final int NUMBERS = 4_000_000;
    private static final AtomicInteger NUMBER =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(NUMBERS));

    /** A phone that nobody has. */
    static String newPhone() {
        return String.format(Locale.ROOT, "+2289%07d", NUMBER.incrementAndGet() % NUMBERS);
    }

    static Person signUp(Machine machine, String firstName, String lastName) {
        return signUp(machine, firstName, lastName, "client");
    }

    /** Signs up somebody of that type. */
    static Person signUp(Machine machine, String firstName, String lastName, String type) {
        String phone = newPhone();
        String verification = machine.api(
                        "/api/auth/send-otp", Map.of(), Map.of("phone", phone, "type", "registration"))
                .path("verification_id")
                .textValue();
        String verified = machine.api(
                        "/api/auth/verify-otp",
                        Map.of(),
                        Map.of("verification_id", verification, "code", code(machine, phone)))
                .path("verification_token")
                .textValue();
        JsonNode registered = machine.api(
                "/api/auth/register",
                Map.of(),
                Map.of(
                        "verification_token",
                        verified,
                        "first_name",
                        firstName,
                        "last_name",
                        lastName,
                        "password",
                        "une phrase que je retiens",
                        "user_type",
                        type,
                        "consents",
                        Map.of("terms", true, "privacy", true)));
        return new Person(
                machine, phone, registered.path("tokens").path("access_token").textValue());
    }

    /** The code in the newest message to a phone. */
    static String code(Machine machine, String phone) {
        String text = machine.tool("GET", "sms?phone=" + phone.substring(1), Map.of())
                .path("items")
                .path(0)
                .path("text")
                .textValue();
        Matcher code = CODE.matcher(text);
        if (!code.find()) {
            throw new AssertionError("no code in " + text);
        }
        return code.group();
    }

    void fund(long amount) {
        machine.tool("POST", "ledger/fund", Map.of("phone", phone, "amount", amount));
    }

    void pay(Person other, long amount, String note) {
        machine.api(
                "/api/wallet/transfer", signedIn(), Map.of("to_phone", other.phone, "amount", amount, "note", note));
    }

    /** Asks for a recharge that YAS plays so. @return its id, which its execution has for a name */
    String recharge(String scenario) {
        machine.tool("PUT", "operators/yas", Map.of("scenario", scenario, "phone", phone));
        return machine.api("/api/wallet/recharge", signedIn(), Map.of("amount", 5_000, "payment_method", "yas"))
                .path("recharge_id")
                .textValue();
    }

    /** Orders one of what a store sells, paid from the wallet. @return its id, which its execution has for a name */
    String order(Store store) {
        Map<String, Object> order = Map.of(
                "store_id", store.id(),
                "fulfilment", "delivery",
                "payment", "wallet",
                "items", List.of(Map.of("product_id", store.product(), "quantity", 1)),
                "delivery",
                        Map.of(
                                "address",
                                "Maison bleue, Bè",
                                "location",
                                Map.of("latitude", 6.1319, "longitude", 1.2228)));
        return machine.api("/api/orders", signedIn(), order).path("order_id").textValue();
    }

    void cancel(String order) {
        machine.api("PUT", "/api/orders/" + order, signedIn(), Map.of("action", "cancel"));
    }

    /** What the tools know of the wallet. */
    JsonNode wallet() {
        JsonNode found = machine.tool("GET", "wallets?phone=" + phone.substring(1), Map.of());
        String id = found.path("items").path(0).path("wallet_id").textValue();
        return machine.tool("GET", "wallets/" + id, Map.of());
    }

    /** The headers of a request that is theirs, with a new key. */
    Map<String, String> signedIn() {
        return Map.of(
                "authorization",
                "Bearer " + token,
                "idempotency-key",
                UUID.randomUUID().toString());
    }
}
