package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.client.FreePorts;
import tg.ecom.kernel.Phone;

/** A queue's consumer and the messages that it is given, on real PostgreSQL with the tables as migrations make them. */
final class QueueScene {
    /** A message's body, to be given an amount. */
    static final String TOLD = "{\"phone\": \"+22890123456\", \"amount\": %d}";

    private static final Path MIGRATIONS = Path.of("../../database/src/main/resources/db/migration");
    private static final EmbeddedPostgres SERVER = start();

    final SettableClock clock = new SettableClock();

    QueueScene() {
        superuser()
                .useHandle(
                        handle -> handle.execute(
                                "truncate told, platform.consumed_messages, platform.consumed_subjects, platform.parked_tasks"));
    }

    record Told(Phone phone, int amount, Optional<String> note) {}

    /** A consumer whose effect is a row. */
    static final class Teller extends QueueFunction<Told> {
        private final Work work;

        interface Work {
            void run(Teller function, Told message, Delivery delivery);
        }

        Teller(Work work) {
            this.work = work;
        }

        @Override
        protected void handle(Told message, Delivery delivery) {
            work.run(this, message, delivery);
        }

        @Override
        protected String example() {
            return TOLD.formatted(0);
        }

        Optional<Integer> tellOnce(Told message, Delivery delivery) {
            return once(delivery, transaction -> transaction.execute("insert into told values (?)", message.amount()));
        }

        Optional<Integer> tellNewest(Told message, Delivery delivery) {
            return onceUnlessOutdated(
                    delivery, transaction -> transaction.execute("insert into told values (?)", message.amount()));
        }
    }

    Teller made(Teller.Work work) throws Exception {
        return made(point -> {}, work);
    }

    /** A consumer whose host is told of its failpoints. */
    Teller made(Consumer<String> failpoint, Teller.Work work) throws Exception {
        return FunctionRuntime.within(environment(), clock, failpoint, () -> new Teller(work));
    }

    /** The settings of a function whose database this is. */
    static Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "ECOM_STAGE", "test",
                "ECOM_DATABASE_HOST", "127.0.0.1",
                "ECOM_DATABASE_PORT", Integer.toString(SERVER.getPort()),
                "ECOM_DATABASE_NAME", "postgres",
                "ECOM_DATABASE_USER", "postgres",
                "ECOM_DATABASE_SSL_MODE", "disable"));
    }

    static ObjectNode message(String id, String body) {
        return AwsServer.object().put("messageId", id).put("body", body);
    }

    static String event(int id, int version, String data) {
        return """
                {"id": "%s", "type": "payment.completed", "subject_id": "%s", "subject_version": %d,
                "occurred_at": "2026-11-23T08:00:00Z", "data": %s}
                """.formatted(new UUID(7, id), new UUID(1, 1), version, data);
    }

    static String wrapped(String message) {
        return AwsServer.object()
                .put("Type", "Notification")
                .put("MessageId", "0f6c1c58-3a9e-4d5e-9a0b-6f1f0f7a2c11")
                .put("TopicArn", "arn:aws:sns:us-east-1:000000000000:ecom-test-events")
                .put("Message", message)
                .toString();
    }

    static List<String> failures(Teller teller, ObjectNode... messages) {
        ObjectNode event = AwsServer.object();
        ArrayNode records = event.putArray("Records");
        List.of(messages).forEach(records::add);
        List<String> failed = new ArrayList<>();
        for (JsonNode failure : FunctionScene.invoked(teller, event).path("batchItemFailures")) {
            failed.add(failure.path("itemIdentifier").asText());
        }
        return failed;
    }

    static List<Integer> told() {
        return superuser()
                .withHandle(handle -> handle.createQuery("select amount from told order by amount")
                        .mapTo(Integer.class)
                        .list());
    }

    static List<String> consumed() {
        return superuser()
                .withHandle(handle -> handle.createQuery(
                                "select message_id from platform.consumed_messages order by message_id")
                        .mapTo(String.class)
                        .list());
    }

    static Jdbi superuser() {
        return Jdbi.create("jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/postgres", "postgres", "");
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPort(FreePorts.one())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("log_error_verbosity", "terse")
                    .start();
            Jdbi jdbi = Jdbi.create(server.getJdbcUrl("postgres", "postgres"));
            jdbi.useHandle(handle -> handle.execute("create schema platform"));
            for (String migration : List.of("V030__sagas_and_events.sql", "V055__consumed_subjects.sql")) {
                String sql = Files.readString(MIGRATIONS.resolve(migration));
                jdbi.useHandle(handle -> handle.createScript(sql).execute());
            }
            jdbi.useHandle(
                    handle -> handle.execute("create table told (amount integer not null check (amount < 100))"));
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
