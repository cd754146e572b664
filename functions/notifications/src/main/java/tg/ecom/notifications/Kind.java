package tg.ecom.notifications;

import java.util.Locale;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Text;

/** What a person may be told. Money that comes while they wait for it is none of it: the app shows it. */
public enum Kind {
    /** The money came after the person was told that it had not. */
    RECHARGE_LATE(
            new Text("Recharge confirmée en retard", "Top-up confirmed late"),
            new Text(
                    "Votre recharge de %s a été confirmée en retard par l'opérateur. Elle est sur votre compte.",
                    "Your operator confirmed your top-up of %s late. It is in your wallet.")),
    /** The operator said no. */
    RECHARGE_FAILED(
            new Text("Recharge refusée", "Top-up refused"),
            new Text(
                    "Votre recharge de %s a été refusée par l'opérateur. Votre solde n'a pas changé.",
                    "Your operator refused your top-up of %s. Your balance has not changed.")),
    /** Nobody approved in time; the operator may have taken the money yet. */
    RECHARGE_EXPIRED(
            new Text("Recharge non confirmée", "Top-up not confirmed"),
            new Text(
                    "Votre recharge de %s n'a pas été confirmée à temps. Si l'opérateur vous débite, nous la créditerons.",
                    "Your top-up of %s was not confirmed in time. If your operator debits you, we will credit it.")),
    /** What the operator says does not fit, so that somebody has to decide. */
    RECHARGE_REVIEW(
            new Text("Recharge en vérification", "Top-up being checked"),
            new Text(
                    "Nous vérifions votre recharge de %s avec l'opérateur. Gardez le message qu'il vous a envoyé.",
                    "We are checking your top-up of %s with your operator. Keep the message it sent you."));

    private final Text title;
    private final Text text;

    Kind(Text title, Text text) {
        this.title = title;
        this.text = text;
    }

    /** The kind in SQL. */
    static Kind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
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

    /** A few words. */
    Text title() {
        return title;
    }

    /** A sentence or two. */
    Text text(Money amount) {
        return new Text(text.french().formatted(written(amount)), text.english().formatted(written(amount)));
    }

    /** The sentence as an SMS, which has to say whose it is: at most 160 letters of GSM 03.38, so no ê, ô, ç or œ. */
    Text sms(Money amount) {
        Text said = text(amount);
        return new Text("Ecom : " + uncapitalised(said.french()), "Ecom: " + uncapitalised(said.english()));
    }

    private static String uncapitalised(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    /** As the customer writes amounts: 20,000 F CFA. */
    private static String written(Money amount) {
        return String.format(Locale.US, "%,d F CFA", amount.amount());
    }
}
