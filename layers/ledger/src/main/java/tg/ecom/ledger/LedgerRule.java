package tg.ecom.ledger;

import java.util.Locale;
import tg.ecom.kernel.Problem;

/**
 * The rules that the ledger keeps, in the order in which they are told when several are broken: as in ledger.refusal.
 */
public enum LedgerRule {
    IDEMPOTENCY_KEY_REUSED(
            409,
            "Cette clé d'idempotence a déjà servi pour une autre demande.",
            "This idempotency key was used for another request."),
    INVALID_AMOUNT(422, "Ce montant n'est pas permis.", "This amount is not allowed."),
    INVALID_POSTING(422, "Une écriture compte de 2 à 10 000 lignes.", "A posting has 2 to 10,000 entries."),
    INVALID_DETAILS(422, "Un texte ou une date ne peut être enregistré.", "A text or a time in it can't be kept."),
    UNBALANCED(422, "Les lignes de l'écriture ne s'équilibrent pas.", "The entries do not sum to zero."),
    SELF_TRANSFER(422, "Vous ne pouvez pas vous envoyer de l'argent à vous-même.", "You can't send money to yourself."),
    DUPLICATE_ENTRY(
            422, "Un portefeuille ou une ligne y figure deux fois.", "A wallet or an entry stands in it twice."),
    SESSION_REVOKED(401, "Votre session a pris fin. Reconnectez-vous.", "Your session has ended. Sign in again."),
    UNKNOWN_WALLET(404, "Portefeuille introuvable.", "There is no such wallet."),
    UNKNOWN_HOLD(404, "Réservation introuvable.", "There is no such hold."),
    UNKNOWN_TRANSFER(404, "Mouvement introuvable.", "There is no such transfer."),
    CURRENCY_MISMATCH(422, "Ce portefeuille est dans une autre monnaie.", "This wallet is in another currency."),
    WALLET_CLOSED(422, "Ce portefeuille est fermé.", "This wallet is closed."),
    WALLET_FROZEN(
            422,
            "Ce portefeuille est gelé : il reçoit de l'argent mais n'en envoie pas. Contactez l'assistance.",
            "This wallet is frozen: it takes money in and sends none. Contact support."),
    WALLET_NOT_EMPTY(
            422, "Ce portefeuille n'est pas vide : videz-le d'abord.", "This wallet is not empty: empty it first."),
    WALLET_ACCUMULATES(422, "Ce portefeuille d'Ecom ne se ferme pas.", "This wallet of Ecom's is not closed."),
    HOLD_CLOSED(409, "Cette réservation est déjà close.", "This hold has ended already."),
    HOLD_EXPIRED(409, "Cette réservation a expiré.", "This hold has expired."),
    HOLD_EXCEEDED(422, "C'est plus que ce que la réservation contient encore.", "That is more than the hold has left."),
    ALREADY_REVERSED(409, "Ce mouvement a déjà été annulé.", "This transfer has been reversed already."),
    NOT_REVERSIBLE(
            422,
            "Ce mouvement est lui-même une annulation : refaites plutôt l'opération.",
            "This transfer is a reversal itself: do what it undid anew."),
    INSUFFICIENT_FUNDS(
            422,
            "Solde insuffisant. Rechargez votre portefeuille ou choisissez un montant plus petit.",
            "Not enough money. Recharge your wallet or choose a smaller amount."),
    LIMIT_EXCEEDED(
            422,
            "Ce montant dépasse une limite de votre compte : voir « which » et « left ».",
            "This amount is over a limit of your account: see \"which\" and \"left\"."),
    BALANCE_CAP_EXCEEDED(
            422,
            "Le portefeuille du bénéficiaire ne peut pas recevoir autant.",
            "The receiving wallet can't take in that much.");

    private final Problem.Rule rule;

    LedgerRule(int status, String french, String english) {
        rule = new Problem.Rule(status, name().toLowerCase(Locale.ROOT), french, english);
    }

    /** Status, code, which is the refusal's in SQL, and words. */
    public Problem.Rule rule() {
        return rule;
    }

    static LedgerRule of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
