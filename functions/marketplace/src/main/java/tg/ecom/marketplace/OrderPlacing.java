package tg.ecom.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.ledger.Refusals;
import tg.ecom.platform.Caller;
import tg.ecom.platform.IdempotencyKey;
import tg.ecom.platform.Json;

/** The one statement that places an order: marketplace.place with everything it needs. */
final class OrderPlacing {
    /** Longer than an order can stay open. */
    private static final Duration HOLD_LIFETIME = Duration.ofDays(7);

    /** The charge's own window, and time for its saga to end. */
    private static final Duration CHARGE_WINDOW = Duration.ofMinutes(12);

    static final String PLACE = """
            select *
            from marketplace.place(
                p_order_id => :order_id,
                p_event_id => :event_id,
                p_order_number => :order_number,
                p_customer_id => :customer_id,
                p_store_id => :store_id,
                p_item_ids => :item_ids,
                p_product_ids => :product_ids,
                p_quantities => :quantities,
                p_unit_prices => :unit_prices,
                p_delivery_address => :address,
                p_longitude => cast(:longitude as double precision),
                p_latitude => cast(:latitude as double precision),
                p_special_instructions => :instructions,
                p_method => cast(:method as ledger.payment_method),
                p_hold_id => cast(:hold_id as uuid),
                p_hold_expires_at => :hold_expires_at,
                p_payment_id => cast(:payment_id as uuid),
                p_due_at => :due_at,
                p_currency => :currency,
                p_state_machine => :state_machine,
                p_saga_input => cast(:saga_input as jsonb),
                p_session_id => :session_id,
                p_session_epoch => :session_epoch,
                p_operation => :operation,
                p_key => :key,
                p_body_hash => decode(cast(:body_hash as text), 'hex'),
                p_at => :at,
                p_zone => :zone)
            """;

    private final InstantSource clock;

    OrderPlacing(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What is ordered.
     *
     * @param destination where it is brought; a pickup has none
     * @param instructions for the store
     */
    record Wanted(
            StoreId store,
            List<Line> lines,
            Optional<Destination> destination,
            PaymentMethod method,
            Optional<String> instructions) {}

    /**
     * So much of a product.
     *
     * @param unitPrice what the customer saw that it costs
     */
    record Line(UUID product, int quantity, Optional<Money> unitPrice) {}

    /** A place, and how people call it. */
    record Destination(String address, Location location) {}

    /**
     * An order as it was placed.
     *
     * @param replayed whether an earlier attempt with the same key placed it
     */
    record Placed(
            OrderId id,
            String number,
            Money subtotal,
            Money deliveryFee,
            Money total,
            PaymentStatus paymentStatus,
            PaymentMethod method,
            Instant estimatedDelivery,
            Instant placedAt,
            boolean replayed,
            OrderInput sagaInput) {}

    /**
     * Places an order, once for the caller's idempotency key, and owes the start of its saga.
     *
     * @throws tg.ecom.kernel.ProblemException {@link MarketplaceProblem} or {@link tg.ecom.ledger.LedgerProblem}
     */
    Placed run(Handle handle, Caller caller, Wanted wanted, String stateMachine) {
        OrderId id = new OrderId(Uuid7.next(clock));
        IdempotencyKey key = caller.idempotencyKey();
        Instant now = clock.instant();
        boolean held = wanted.method() == PaymentMethod.WALLET;
        UUID money = Uuid7.next(clock);
        Optional<PaymentId> payment = held ? Optional.empty() : Optional.of(new PaymentId(money));
        OrderInput input = input(id, caller, payment, wanted.method(), Money.ZERO);
        Duration window = OrderStatus.PENDING.window().plus(held ? Duration.ZERO : CHARGE_WINDOW);
        return handle.createQuery(PLACE)
                .bind("order_id", id)
                .bind("event_id", Uuid7.next(clock))
                .bind("order_number", OrderNumber.of(id))
                .bind("customer_id", caller.user())
                .bind("store_id", wanted.store())
                .bind(
                        "item_ids",
                        Stream.generate(() -> Uuid7.next(clock))
                                .limit(wanted.lines().size())
                                .toArray(UUID[]::new))
                .bind("product_ids", wanted.lines().stream().map(Line::product).toArray(UUID[]::new))
                .bind("quantities", wanted.lines().stream().map(Line::quantity).toArray(Integer[]::new))
                .bind(
                        "unit_prices",
                        wanted.lines().stream()
                                .map(line -> line.unitPrice().map(Money::amount).orElse(null))
                                .toArray(Long[]::new))
                .bind("address", wanted.destination().map(Destination::address).orElse(null))
                .bind(
                        "longitude",
                        wanted.destination()
                                .map(to -> to.location().longitude())
                                .orElse(null))
                .bind(
                        "latitude",
                        wanted.destination().map(to -> to.location().latitude()).orElse(null))
                .bind("instructions", wanted.instructions().orElse(null))
                .bind("method", wanted.method().code())
                .bind("hold_id", held ? money : null)
                .bind("hold_expires_at", now.plus(HOLD_LIFETIME))
                .bind("payment_id", payment.orElse(null))
                .bind("due_at", now.plus(window))
                .bind("currency", Money.CURRENCY)
                .bind("state_machine", stateMachine)
                .bind("saga_input", Json.mapper().valueToTree(input).toString())
                .bind("session_id", caller.session())
                .bind("session_epoch", caller.epoch())
                .bind("operation", key.operation())
                .bind("key", key.key())
                .bind("body_hash", key.bodyHash())
                .bind("at", now)
                .bind("zone", Ledger.LOME.getId())
                .map((row, context) -> placed(row, caller, payment))
                .one();
    }

    private static OrderInput input(
            OrderId id, Caller caller, Optional<PaymentId> payment, PaymentMethod method, Money amount) {
        return OrderInput.of(id, payment.map(known -> new OrderInput.Charge(known, caller.user(), method, amount)));
    }

    private static Placed placed(ResultSet row, Caller caller, Optional<PaymentId> payment) throws SQLException {
        if (row.getString("refusal") != null) {
            throw Refusals.read(row).asException();
        } else if (row.getString("problem") != null) {
            throw refused(row).asException();
        }
        OrderId id = new OrderId(row.getObject("order_id", UUID.class));
        PaymentMethod method = PaymentMethod.of(row.getString("payment_method"));
        Money total = new Money(row.getLong("total_amount"));
        return new Placed(
                id,
                row.getString("order_number"),
                new Money(row.getLong("subtotal")),
                new Money(row.getLong("delivery_fee")),
                total,
                PaymentStatus.of(row.getString("payment_status")),
                method,
                row.getObject("estimated_delivery", OffsetDateTime.class).toInstant(),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("replayed"),
                input(id, caller, payment, method, total));
    }

    /** Of lines each with its fault, of the store what is known. */
    private static MarketplaceProblem refused(ResultSet row) throws SQLException {
        StoreRule rule = StoreRule.of(row.getString("problem"));
        String details = row.getString("details");
        try {
            JsonNode told = details == null
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(details);
            Map<String, Object> members = told.isArray()
                    ? Map.of("items", told)
                    : told.propertyStream()
                            .filter(member -> !member.getKey().equals("code"))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return new MarketplaceProblem.Refused(rule, members);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
