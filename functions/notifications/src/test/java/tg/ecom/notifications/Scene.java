package tg.ecom.notifications;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.Json;
import tg.ecom.platform.Role;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.VaultSettings;
import tg.ecom.platform.Visitor;
import tg.ecom.testing.InvocationContext;
import tg.ecom.testing.PostgresServer;
import tg.ecom.testing.SettableClock;

/** What stands around the domain's code in a test: real PostgreSQL, AWS's edge, settings, and a clock. */
final class Scene implements AutoCloseable {
    private final SettableClock clock = new SettableClock();
    private final CloudServer cloud = new CloudServer();
    private final String database = PostgresServer.newDatabase();

    SettableClock clock() {
        return clock;
    }

    CloudServer cloud() {
        return cloud;
    }

    NotifyPayer notifyPayer() {
        return notifyPayer(point -> {});
    }

    /** One whose host is told of its failpoints. */
    NotifyPayer notifyPayer(Consumer<String> failpoint) {
        return within(writing(), failpoint, NotifyPayer::new);
    }

    NotifyParties notifyParties() {
        return within(writing(), point -> {}, NotifyParties::new);
    }

    KeepContacts keepContacts() {
        return within(writing(), point -> {}, KeepContacts::new);
    }

    private Map<String, String> writing() {
        Map<String, String> environment = own();
        environment.put("ECOM_ENCRYPTION_KEY", "key");
        return environment;
    }

    <T> T api(Callable<T> constructor) {
        Map<String, String> environment = own();
        environment.put("ECOM_PUBLIC_BASE_URL", "https://ecom.test");
        environment.put("ECOM_ORIGIN_SECRET", "origin");
        environment.put("ECOM_PUBLIC_KEYS_SECRET", "public-keys");
        environment.put("ECOM_HASHING_KEY_SECRET", "hashing-key");
        return within(environment, point -> {}, constructor);
    }

    /** Somebody signed in. */
    Caller caller(UUID user, Language language) {
        return new Caller(
                new UserId(user),
                Set.of(Role.CLIENT),
                new SessionId(Uuid7.next(clock)),
                0,
                new Visitor(language, "203.0.113.7", "Ecom/1.0"),
                Optional.empty());
    }

    /** An event that says how to reach somebody. */
    String contact(UUID user, int version, String phone, String language) {
        Surroundings around = within(
                Map.of("ECOM_ENCRYPTION_KEY", "key", "AWS_ENDPOINT_URL", cloud.url()),
                point -> {},
                () -> new Surroundings(List.of(VaultSettings.class)));
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("user_id", user.toString())
                .put("phone_encrypted", around.vault().encrypt(phone, "users.phone/" + user))
                .put("language", language);
        return event(version == 1 ? "user.registered" : "user.updated", user, version, data);
    }

    /** An event that says what became of a recharge, with all that payments tells. */
    String payment(String type, UUID payment, int version, UUID user) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("payment_id", payment.toString())
                .put("user_id", user.toString())
                .put("wallet_id", user.toString())
                .put("amount", 20_000)
                .put("currency", "XOF")
                .put("method", "yas")
                .put("status", "whatever");
        return event(type, payment, version, data);
    }

    /** An event that says what became of an order of 5,500 F at Chez Kossi, with all that marketplace tells. */
    String order(
            String type,
            UUID order,
            long version,
            UUID customer,
            UUID owner,
            String paymentStatus,
            boolean isPickup,
            String party,
            Optional<String> reason) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("order_id", order.toString())
                .put("order_number", "7K3F9-2QXAB")
                .put("customer_id", customer.toString())
                .put("store_id", order.toString())
                .put("owner_id", owner.toString())
                .put("store_name", "Chez Kossi")
                .put("total_amount", 5_500)
                .put("proceeds", 5_000)
                .put("currency", "XOF")
                .put("status", "whatever")
                .put("payment_status", paymentStatus)
                .put("is_pickup", isPickup)
                .put("party", party);
        reason.ifPresent(why -> data.put("reason", why));
        return event(type, order, version, data);
    }

    private String event(String type, UUID subject, long version, ObjectNode data) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("id", Uuid7.next(clock).toString())
                .put("type", type)
                .put("subject_id", subject.toString())
                .put("subject_version", version)
                .put("occurred_at", clock.instant().toString());
        return event.set("data", data).toString();
    }

    /** Hands a batch of messages over. @return how many failed */
    static int consumed(RequestStreamHandler consumer, String... bodies) {
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        ArrayNode records = batch.putArray("Records");
        for (String body : bodies) {
            records.addObject().put("messageId", "m" + records.size()).put("body", body);
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            consumer.handleRequest(
                    new ByteArrayInputStream(batch.toString().getBytes(StandardCharsets.UTF_8)),
                    output,
                    new InvocationContext("request-1"));
            JsonNode answer = Json.mapper().readTree(output.toByteArray());
            return answer.path("batchItemFailures").size();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What people were told, oldest first: kind, and what became of the SMS. */
    List<String> told() {
        return superuser()
                .withHandle(
                        handle -> handle.createQuery("""
                                select concat_ws(' ', kind, sms_status)
                                from notifications.notifications
                                order by created_at, kind
                                """).mapTo(String.class).list());
    }

    /** Statements as the server's superuser. */
    Jdbi superuser() {
        return PostgresServer.superuser(database);
    }

    private Map<String, String> own() {
        Map<String, String> settings = PostgresServer.settings(database, "ecom_notifications");
        settings.put("AWS_ENDPOINT_URL", cloud.url());
        return settings;
    }

    private <T> T within(Map<String, String> environment, Consumer<String> failpoint, Callable<T> constructor) {
        try {
            return FunctionRuntime.within(environment, clock, failpoint, constructor);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        cloud.close();
        PostgresServer.drop(database);
    }
}
