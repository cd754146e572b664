package tg.ecom.marketplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;

/**
 * One order, as whoever asks may see it.
 *
 * @param order what it is
 * @param timeline what happened to it, the oldest first
 * @param shares who gets what of its total, which the customer is not told
 * @param allowedActions what the caller may do with it now
 * @param deliveryCode what the customer says when they have it; nobody else is told
 * @param pollAfterMs when to ask again while it goes on
 */
public record OrderAnswer(
        OrderView.Summary order,
        List<OrderView.Event> timeline,
        Optional<OrderView.Shares> shares,
        List<OrderAction> allowedActions,
        Optional<String> deliveryCode,
        Optional<Integer> pollAfterMs) {

    /** An order to somebody; empty when it is nothing to them. */
    static Optional<OrderAnswer> to(Caller caller, OrderView.Found found, DeliveryCodes codes) {
        List<Party> parties = parties(caller, found.customer(), found.owner());
        if (parties.isEmpty()) {
            return Optional.empty();
        }
        OrderView.Summary order = found.summary();
        boolean open = order.status().isOpen();
        return Optional.of(new OrderAnswer(
                order,
                found.timeline(),
                parties.equals(List.of(Party.CLIENT)) ? Optional.empty() : Optional.of(found.shares()),
                parties.stream()
                        .flatMap(party -> Transitions.allowed(order.status(), order.paymentStatus(), party).stream())
                        .distinct()
                        .toList(),
                open && caller.user().equals(found.customer())
                        ? Optional.of(codes.of(order.orderId()))
                        : Optional.empty(),
                open ? Optional.of(OrderView.POLL_AFTER_MS) : Optional.empty()));
    }

    /** What somebody is to an order: who ordered can be who sells. */
    static List<Party> parties(Caller caller, UserId customer, UserId owner) {
        List<Party> parties = new ArrayList<>();
        if (caller.user().equals(customer)) {
            parties.add(Party.CLIENT);
        }
        if (caller.user().equals(owner)) {
            parties.add(Party.STORE);
        }
        if (caller.roles().contains(Role.ADMIN)) {
            parties.add(Party.ADMINISTRATOR);
        }
        return parties;
    }
}
