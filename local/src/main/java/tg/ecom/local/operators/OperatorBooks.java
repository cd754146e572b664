package tg.ecom.local.operators;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.local.aws.CloudDatabase;

/** What one operator has written down: its payments, the webhooks it owes, and the scenarios it plays. */
final class OperatorBooks {
    /** Of the scenario of everybody who has none of their own. */
    private static final String EVERYBODY = "";

    private static final int STATEMENT_SIZE_MAX = 1_000;
    private static final String PAYMENTS = """
            select
                reference, operator_reference, order_reference, phone, amount, scenario, registered_at, webhooks_taken
            from operators.payments where operator = :operator
            """;

    /** A webhook that is owed. */
    record OwedNotice(long id, String body, int attempts) {}

    private final Jdbi jdbi;
    private final String operator;

    OperatorBooks(CloudDatabase database, String operator) {
        this.jdbi = database.jdbi();
        this.operator = operator;
    }

    /** The scenario of a phone, or of all phones without one of their own. */
    void play(Scenario scenario, Optional<String> phone) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into operators.scenarios (operator, phone, scenario)
                        values (:operator, :phone, :scenario)
                        on conflict (operator, phone) do update set scenario = excluded.scenario
                        """)
                .bind("operator", operator)
                .bind("phone", phone.orElse(EVERYBODY))
                .bind("scenario", scenario.word())
                .execute());
    }

    /** The scenario that everybody without one of their own gets. */
    Scenario scenario() {
        return scenario(EVERYBODY);
    }

    /** The scenario that a phone gets. */
    Scenario scenario(String phone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                                select scenario from operators.scenarios
                                where operator = :operator and phone in (:phone, '') order by phone desc limit 1
                                """)
                        .bind("operator", operator)
                        .bind("phone", phone)
                        .mapTo(String.class)
                        .findOne())
                .flatMap(Scenario::named)
                .orElse(Scenario.SUCCESS);
    }

    /** The scenarios of single phones. */
    Map<String, String> scenariosOfPhones() {
        Map<String, String> scenarios = new LinkedHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select phone, scenario from operators.scenarios
                        where operator = :operator and phone <> '' order by phone
                        """)
                .bind("operator", operator)
                .map((row, context) -> Map.entry(row.getString("phone"), row.getString("scenario")))
                .forEach(entry -> scenarios.put(entry.getKey(), entry.getValue())));
        return scenarios;
    }

    /** Writes down a payment and the webhooks that will be owed for it; false when its reference is known already. */
    boolean register(Payment payment, Map<Scenario.Notice, String> notices) {
        return jdbi.inTransaction(handle -> {
            int added = handle.createUpdate("""
                            insert into operators.payments
                                (operator, reference, operator_reference, order_reference, phone, amount, scenario,
                                registered_at)
                            values (:operator, :reference, :operatorReference, :orderReference, :phone, :amount,
                                :scenario, :registeredAt)
                            on conflict (operator, reference) do nothing
                            """)
                    .bind("operator", operator)
                    .bind("reference", payment.reference())
                    .bind("operatorReference", payment.operatorReference())
                    .bind("orderReference", payment.orderReference())
                    .bind("phone", payment.phone())
                    .bind("amount", payment.amount())
                    .bind("scenario", payment.scenario().word())
                    .bind("registeredAt", payment.registeredAt())
                    .execute();
            if (added == 1) {
                payment.scenario().notices().forEach(notice -> owe(handle, payment, notice, notices.get(notice)));
            }
            return added == 1;
        });
    }

    private void owe(Handle handle, Payment payment, Scenario.Notice notice, String body) {
        handle.createUpdate("""
                        insert into operators.notices (operator, reference, body, due_at)
                        values (:operator, :reference, :body, :dueAt)
                        """)
                .bind("operator", operator)
                .bind("reference", payment.reference())
                .bind("body", body)
                .bind("dueAt", payment.registeredAt().plus(notice.after()))
                .execute();
    }

    Optional<Payment> find(String reference) {
        return jdbi.withHandle(handle -> handle.createQuery(PAYMENTS + "and reference = :reference")
                .bind("operator", operator)
                .bind("reference", reference)
                .map((row, context) -> payment(row))
                .findOne());
    }

    /** The newest payments first, of one phone or of all. */
    List<Payment> statement(Optional<String> phone) {
        return jdbi.withHandle(handle -> handle.createQuery(PAYMENTS + """
                        and (:phone::text is null or phone = :phone)
                        order by registered_at desc, reference limit :count
                        """)
                .bind("operator", operator)
                .bind("phone", phone)
                .bind("count", STATEMENT_SIZE_MAX)
                .map((row, context) -> payment(row))
                .list());
    }

    /** Whether a call of that kind for that reference is one of the first so many, which fail. */
    boolean fails(String reference, String call, int failureCount) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                                insert into operators.failures (operator, reference, call, count)
                                values (:operator, :reference, :call, 1)
                                on conflict (operator, reference, call) do update set count = failures.count + 1
                                returning count
                                """)
                        .bind("operator", operator)
                        .bind("reference", reference)
                        .bind("call", call)
                        .mapTo(Integer.class)
                        .one())
                <= failureCount;
    }

    /** Whether a call of that kind for that reference has failed before. */
    boolean hasFailed(String reference, String call) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (
                            select 1 from operators.failures
                            where operator = :operator and reference = :reference and call = :call)
                        """)
                .bind("operator", operator)
                .bind("reference", reference)
                .bind("call", call)
                .mapTo(Boolean.class)
                .one());
    }

    /** The webhooks that are due, up to that many. */
    List<OwedNotice> due(Instant now, int count) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, body, attempts from operators.notices
                        where operator = :operator and due_at <= :now order by due_at, id limit :count
                        """)
                .bind("operator", operator)
                .bind("now", now)
                .bind("count", count)
                .map((row, context) -> new OwedNotice(row.getLong("id"), row.getString("body"), row.getInt("attempts")))
                .list());
    }

    /** Owes that webhook no more, since it was taken. */
    void taken(OwedNotice notice) {
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        with taken as (
                            delete from operators.notices where id = :id returning operator, reference)
                        update operators.payments p
                        set webhooks_taken = p.webhooks_taken + 1
                        from taken
                        where p.operator = taken.operator and p.reference = taken.reference
                        """).bind("id", notice.id()).execute());
    }

    /** Owes that webhook no more, though nobody took it. */
    void crossOut(OwedNotice notice) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from operators.notices where id = :id")
                .bind("id", notice.id())
                .execute());
    }

    /** Owes that webhook later. */
    void postpone(OwedNotice notice, Instant now, Duration by) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update operators.notices set attempts = attempts + 1, due_at = :dueAt where id = :id")
                .bind("dueAt", now.plus(by))
                .bind("id", notice.id())
                .execute());
    }

    private static Payment payment(ResultSet row) throws SQLException {
        return new Payment(
                row.getString("reference"),
                row.getString("operator_reference"),
                row.getString("order_reference"),
                row.getString("phone"),
                row.getLong("amount"),
                Scenario.named(row.getString("scenario")).orElseThrow(),
                CloudDatabase.time(row, "registered_at").orElseThrow(),
                row.getInt("webhooks_taken"));
    }
}
