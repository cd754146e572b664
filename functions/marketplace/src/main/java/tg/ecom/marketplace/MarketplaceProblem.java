package tg.ecom.marketplace;

import java.util.List;
import java.util.Map;
import tg.ecom.kernel.Problem;

/** What the marketplace refuses beyond what the ledger does. */
sealed interface MarketplaceProblem extends Problem {
    /** By this method nobody can pay for now. */
    record MethodUnavailable() implements MarketplaceProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "method_unavailable",
                    "Ce moyen de paiement n'est pas disponible pour le moment. Choisissez-en un autre.",
                    "This payment method is not available for now. Choose another.");
        }
    }

    /**
     * The store takes no order, or none like that.
     *
     * @param fault which rule
     * @param members what is told of it
     */
    record Refused(StoreRule fault, Map<String, Object> members) implements MarketplaceProblem {
        @Override
        public Rule rule() {
            return fault.rule();
        }
    }

    /** An order does not go there from where it is. */
    record WrongState(OrderStatus orderStatus, List<OrderAction> allowed) implements MarketplaceProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    409,
                    "wrong_state",
                    "La commande n'en est pas là : voir « order_status » et « allowed_actions ».",
                    "The order does not go there from where it is: see \"order_status\" and \"allowed_actions\".");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("order_status", orderStatus, "allowed_actions", allowed);
        }
    }

    /** Only the customer's code proves that they have their order. */
    record WrongCode(int triesLeft) implements MarketplaceProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "wrong_code",
                    "Ce n'est pas le code du client. Demandez-le-lui ; après cinq essais, contactez l'assistance.",
                    "This is not the customer's code. Ask for it; after five tries, contact support.");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("tries_left", triesLeft);
        }
    }

    /** The caller has no store. */
    record NoStore() implements MarketplaceProblem {
        @Override
        public Rule rule() {
            return new Rule(404, "no_store", "Vous n'avez pas de boutique.", "You have no store.");
        }
    }
}
