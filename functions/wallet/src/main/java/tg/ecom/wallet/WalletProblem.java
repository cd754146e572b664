package tg.ecom.wallet;

import tg.ecom.kernel.Problem;

/** What wallet refuses beyond what the ledger does. */
sealed interface WalletProblem extends Problem {
    /** Nobody has that phone. Told only to people who are signed in, and only so often. */
    record RecipientUnknown() implements WalletProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    404,
                    "recipient_unknown",
                    "Aucun compte Ecom n'a ce numéro. Vérifiez-le, ou invitez la personne.",
                    "No Ecom account has this number. Check it, or invite the person.");
        }
    }
}
