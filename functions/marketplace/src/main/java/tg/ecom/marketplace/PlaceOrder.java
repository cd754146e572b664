package tg.ecom.marketplace;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.Text;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.marketplace.OrderPlacing.Destination;
import tg.ecom.marketplace.OrderPlacing.Placed;
import tg.ecom.marketplace.OrderPlacing.Wanted;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Sagas;

/** POST /api/orders: reserves goods in a store and the money for them, and has the store asked. */
public final class PlaceOrder extends ApiFunction<PlaceOrder.Request, PlaceOrder.Answer> {
    private static final Text TWICE = new Text("figure deux fois", "stands there twice");
    private static final Text NEEDED = new Text("manque pour une livraison", "is needed for a delivery");
    private static final Text PICKUP = new Text("n'a pas lieu d'être pour un retrait", "makes no sense for a pickup");

    /** What, from where, to where, and how it is paid. */
    public record Request(
            StoreId storeId,
            List<Item> items,
            Fulfilment fulfilment,
            Optional<Delivery> delivery,
            Payment payment,
            Optional<String> specialInstructions) {}

    /** So much of a product, and what the customer saw that it costs. */
    public record Item(ProductId productId, int quantity, Optional<Money> unitPrice) {}

    /** Where it is brought. */
    public record Delivery(String address, Location location) {}

    /** How goods come to their customer. */
    public enum Fulfilment {
        PICKUP,
        DELIVERY
    }

    /** How an order may be paid, of which not all can be done yet. */
    public enum Payment {
        WALLET,
        YAS,
        FLOOZ,
        VISA,
        PISPI,
        CASH
    }

    /** It is placed. */
    public record Answer(
            OrderId orderId,
            String orderNumber,
            String status,
            PaymentStatus paymentStatus,
            Money subtotal,
            Money deliveryFee,
            Money totalAmount,
            String currency,
            Instant estimatedDelivery,
            Instant placedAt,
            int pollAfterMs) {}

    private final OrderPlacing placing = new OrderPlacing(clock());
    private final OrderSettings settings = surroundings().settings(OrderSettings.class);

    /** For everybody who is signed in. */
    public PlaceOrder() {
        super(Access.SIGNED_IN, OrderSettings.class);
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        requireOnce(caller, request.items());
        requireFit(caller, request);
        Wanted wanted = new Wanted(
                request.storeId(),
                request.items().stream()
                        .map(item -> new OrderPlacing.Line(item.productId().value(), item.quantity(), item.unitPrice()))
                        .toList(),
                request.delivery().map(to -> new Destination(to.address(), to.location())),
                method(request.payment()),
                request.specialInstructions());
        Placed placed = database().call(handle -> placing.run(handle, caller, wanted, settings.orderStateMachine()));
        if (!placed.replayed()) {
            sagas().deliver(Sagas.Owed.of(
                    settings.orderStateMachine(), placed.id().toString(), placed.sagaInput()));
        }
        return new Answer(
                placed.id(),
                placed.number(),
                OrderStatus.PENDING.code(),
                placed.paymentStatus(),
                placed.subtotal(),
                placed.deliveryFee(),
                placed.total(),
                Money.CURRENCY,
                placed.estimatedDelivery(),
                placed.placedAt(),
                OrderView.POLL_AFTER_MS);
    }

    private static void requireOnce(Caller caller, List<Item> items) {
        Set<ProductId> seen = new HashSet<>();
        for (int line = 0; line < items.size(); line++) {
            if (!seen.add(items.get(line).productId())) {
                throw refused(caller, "items[" + line + "].product_id", TWICE);
            }
        }
    }

    private static void requireFit(Caller caller, Request request) {
        boolean delivers = request.fulfilment() == Fulfilment.DELIVERY;
        if (delivers != request.delivery().isPresent()) {
            throw refused(caller, "delivery", delivers ? NEEDED : PICKUP);
        }
    }

    private static RuntimeException refused(Caller caller, String field, Text why) {
        return CommonProblem.Unacceptable.field(field, why.in(caller.visitor().language()))
                .asException();
    }

    private static PaymentMethod method(Payment payment) {
        return switch (payment) {
            case WALLET -> PaymentMethod.WALLET;
            case YAS -> PaymentMethod.YAS;
            case FLOOZ, VISA, PISPI, CASH -> throw new MarketplaceProblem.MethodUnavailable().asException();
        };
    }
}
