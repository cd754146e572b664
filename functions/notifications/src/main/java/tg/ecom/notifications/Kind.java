package tg.ecom.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Text;

/**
 * What a person may be told: words with the amount, and of an order also its number and the store's name. Money that
 * comes while they wait for it is none of it: the app shows it.
 */
public enum Kind {
    /** The money came after the person was told that it had not. */
    RECHARGE_LATE(
            Audience.PAYER,
            new Text("Recharge confirmée en retard", "Top-up confirmed late"),
            new Text(
                    "Votre recharge de %1$s a été confirmée en retard par l'opérateur. Elle est sur votre compte.",
                    "Your operator confirmed your top-up of %1$s late. It is in your wallet.")),
    /** The operator said no. */
    RECHARGE_FAILED(
            Audience.PAYER,
            new Text("Recharge refusée", "Top-up refused"),
            new Text(
                    "Votre recharge de %1$s a été refusée par l'opérateur. Votre solde n'a pas changé.",
                    "Your operator refused your top-up of %1$s. Your balance has not changed.")),
    /** Nobody approved in time; the operator may have taken the money yet. */
    RECHARGE_EXPIRED(
            Audience.PAYER,
            new Text("Recharge non confirmée", "Top-up not confirmed"),
            new Text(
                    "Votre recharge de %1$s n'a pas été confirmée à temps. Si l'opérateur vous débite, nous la créditerons.",
                    "Your top-up of %1$s was not confirmed in time. If your operator debits you, we will credit it.")),
    /** What the operator says does not fit, so that somebody has to decide. */
    RECHARGE_REVIEW(
            Audience.PAYER,
            new Text("Recharge en vérification", "Top-up being checked"),
            new Text(
                    "Nous vérifions votre recharge de %1$s avec l'opérateur. Gardez le message qu'il vous a envoyé.",
                    "We are checking your top-up of %1$s with your operator. Keep the message it sent you.")),

    /** The store has taken it. */
    ORDER_CONFIRMED(
            Audience.CUSTOMER,
            new Text("Commande acceptée", "Order accepted"),
            new Text("%3$s a accepté votre commande %2$s de %1$s.", "%3$s accepted your order %2$s of %1$s.")),
    /** It is to be fetched. */
    ORDER_READY(
            Audience.CUSTOMER,
            new Text("Commande prête", "Order ready"),
            new Text(
                    "Votre commande %2$s est prête. Retirez-la chez %3$s avec votre code.",
                    "Your order %2$s is ready. Collect it at %3$s with your code.")),
    /** It is being brought. */
    ORDER_UNDER_WAY(
            Audience.CUSTOMER,
            new Text("Commande en route", "Order under way"),
            new Text(
                    "Votre commande %2$s de %3$s est en route. Donnez votre code une fois servi, pas avant.",
                    "Your order %2$s from %3$s is under way. Give your code once you have it, not before.")),
    /** The customer has it. */
    ORDER_DELIVERED(
            Audience.CUSTOMER,
            new Text("Commande remise", "Order delivered"),
            new Text(
                    "Votre commande %2$s vous a été remise. %3$s est payé : %1$s.",
                    "Your order %2$s was handed to you. %3$s is paid: %1$s.")),
    /** The store said no. */
    ORDER_REJECTED(
            Audience.CUSTOMER,
            new Text("Commande refusée", "Order refused"),
            new Text(
                    "%3$s a refusé votre commande %2$s. Vos %1$s sont de retour sur votre compte.",
                    "%3$s refused your order %2$s. Your %1$s are back in your wallet.")),
    /** Nobody took it a step further in time. */
    ORDER_EXPIRED(
            Audience.CUSTOMER,
            new Text("Commande sans suite", "Order not answered"),
            new Text(
                    "%3$s n'a pas donné suite à temps à votre commande %2$s. Vos %1$s sont de retour sur votre compte.",
                    "%3$s did not act on your order %2$s in time. Your %1$s are back in your wallet.")),
    /** The customer, or Ecom, took it back. */
    ORDER_CANCELLED(
            Audience.CUSTOMER,
            new Text("Commande annulée", "Order cancelled"),
            new Text(
                    "Votre commande %2$s chez %3$s est annulée. Vos %1$s sont de retour sur votre compte.",
                    "Your order %2$s at %3$s is cancelled. Your %1$s are back in your wallet.")),
    /** No money had come for it. */
    ORDER_UNPAID(
            Audience.CUSTOMER,
            new Text("Commande non payée", "Order not paid"),
            new Text(
                    "Votre commande %2$s chez %3$s est annulée : %1$s non reçus. Si vous êtes débité, écrivez-nous.",
                    "Your order %2$s at %3$s is cancelled: %1$s were not received. If you were debited, write to us.")),
    /** Money came for it when it was over. */
    ORDER_REFUNDED(
            Audience.CUSTOMER,
            new Text("Commande remboursée", "Order refunded"),
            new Text(
                    "Vos %1$s pour la commande %2$s chez %3$s sont arrivés après son annulation."
                            + " Ils sont sur votre compte.",
                    "Your %1$s for order %2$s at %3$s came after it was cancelled. They are in your wallet.")),

    /** There is something to sell. */
    SALE_PLACED(
            Audience.STORE,
            new Text("Nouvelle commande", "New order"),
            new Text(
                    "Nouvelle commande %2$s de %1$s pour %3$s. Acceptez-la ou refusez-la sans tarder.",
                    "New order %2$s of %1$s for %3$s. Accept or refuse it without delay.")),
    /** It is sold; the amount is the store's. */
    SALE_DELIVERED(
            Audience.STORE,
            new Text("Vente payée", "Sale paid"),
            new Text(
                    "La commande %2$s est remise. %1$s reviennent à %3$s.",
                    "Order %2$s is delivered. %1$s go to %3$s.")),
    /** It is not to be handed out any more. */
    SALE_CANCELLED(
            Audience.STORE,
            new Text("Vente annulée", "Sale cancelled"),
            new Text(
                    "La commande %2$s de %1$s pour %3$s est annulée. Ne la remettez plus à personne.",
                    "Order %2$s of %1$s for %3$s is cancelled. Do not hand it out any more."));

    /** As much of a store's name as leaves room for the words of an SMS. */
    private static final int STORE_NAME_IN_SMS_MAX = 30;

    private final Audience audience;
    private final Text title;
    private final Text text;

    Kind(Audience audience, Text title, Text text) {
        this.audience = audience;
        this.title = title;
        this.text = text;
    }

    /** The kind in SQL. */
    static Kind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** The kinds that a person is told as the same one. */
    static List<Kind> of(Audience audience) {
        return Arrays.stream(values()).filter(kind -> kind.audience == audience).toList();
    }

    /**
     * What an event of payments is to the person who recharges.
     *
     * @throws IllegalArgumentException for an event that this domain does not subscribe to
     */
    static Kind fromEvent(String eventType) {
        return switch (eventType) {
            case "payment.completed_late" -> RECHARGE_LATE;
            case "payment.failed" -> RECHARGE_FAILED;
            case "payment.expired" -> RECHARGE_EXPIRED;
            case "payment.review" -> RECHARGE_REVIEW;
            default -> throw new IllegalArgumentException("nobody is told of " + eventType);
        };
    }

    /** The kind as SQL and JSON have it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Who is told so. */
    Audience audience() {
        return audience;
    }

    /** A few words. */
    Text title() {
        return title;
    }

    /** A sentence or two. */
    Text text(Subject subject, Money amount) {
        return switch (subject) {
            case Subject.Recharge recharge -> filled(amount, "", "");
            case Subject.Order order -> filled(amount, order.number(), order.storeName());
        };
    }

    /** The sentence as one SMS, which has to say whose it is. */
    Text sms(Subject subject, Money amount) {
        Text said = switch (subject) {
            case Subject.Recharge recharge -> filled(amount, "", "");
            case Subject.Order order -> filled(amount, order.number(), shortened(order.storeName()));
        };
        return new Text(
                GsmLetters.of("Ecom : " + uncapitalised(said.french())),
                GsmLetters.of("Ecom: " + uncapitalised(said.english())));
    }

    private Text filled(Money amount, String orderNumber, String storeName) {
        return new Text(
                text.french().formatted(written(amount).replace(',', ' '), orderNumber, storeName),
                text.english().formatted(written(amount), orderNumber, storeName));
    }

    private static String shortened(String storeName) {
        return storeName.length() <= STORE_NAME_IN_SMS_MAX
                ? storeName
                : storeName.substring(0, STORE_NAME_IN_SMS_MAX).strip();
    }

    /** A sentence that begins with a store's name keeps it. */
    private String uncapitalised(String sentence) {
        return text.french().startsWith("%")
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    /** In English; in French the comma would be that of decimals, and a space stands there. */
    private static String written(Money amount) {
        return String.format(Locale.US, "%,d F CFA", amount.amount());
    }
}
