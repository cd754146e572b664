package tg.ecom.payments;

import tg.ecom.kernel.Problem;

/** What payments refuses beyond what the ledger does. */
sealed interface PaymentsProblem extends Problem {
    /** By this method nobody can pay for now. */
    record MethodUnavailable() implements PaymentsProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "method_unavailable",
                    "Ce moyen de paiement n'est pas disponible pour le moment. Choisissez-en un autre.",
                    "This payment method is not available for now. Choose another.");
        }
    }

    /** The operator has no phones of that country. */
    record PhoneNotServed() implements PaymentsProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "phone_not_served",
                    "Cet opérateur ne sert que les numéros en +228.",
                    "This operator serves numbers in +228 only.");
        }
    }

    /** Too many payments of the wallet wait for approval. */
    record TooManyPending() implements PaymentsProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "too_many_pending",
                    "Plusieurs rechargements attendent déjà d'être approuvés. Attendez qu'ils aboutissent ou expirent.",
                    "Several recharges wait for approval already. Wait until they are approved or expire.");
        }
    }

    /** What comes to a frozen wallet by itself is let in, but nobody is asked to pay into one. */
    record WalletFrozen() implements PaymentsProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "wallet_frozen",
                    "Ce portefeuille est gelé : il ne peut pas être rechargé. Contactez l'assistance.",
                    "This wallet is frozen: it can't be recharged. Contact support.");
        }
    }
}
