package tg.ecom.marketplace;

import java.util.Locale;
import tg.ecom.kernel.Problem;

/** The rules by which marketplace.place refuses, by the codes that it answers. */
enum StoreRule {
    STORE_UNAVAILABLE(
            404, "Cette boutique n'existe pas ou ne vend pas.", "There is no such store, or it sells nothing."),
    STORE_CLOSED(
            422,
            "La boutique est fermée. « opens_at » dit quand elle ouvre.",
            "The store is closed. \"opens_at\" tells when it opens."),
    PRODUCT_UNAVAILABLE(
            422,
            "Un article n'est pas en vente dans cette boutique : voir « items ».",
            "An item is not for sale in this store: see \"items\"."),
    PRICE_CHANGED(
            422,
            "Un prix a changé : voir « items », puis confirmez.",
            "A price has changed: see \"items\", then confirm."),
    OUT_OF_STOCK(422, "Il n'en reste pas assez : voir « items ».", "There is not enough of it left: see \"items\"."),
    BELOW_MINIMUM(
            422,
            "C'est moins que la commande minimale de la boutique : voir « min_order_amount ».",
            "It is less than the store's minimum order: see \"min_order_amount\"."),
    TOO_MANY_UNPAID(
            422, "Plusieurs commandes attendent déjà d'être payées.", "Several orders wait to be paid already."),
    TOO_MANY_CANCELLED(
            422,
            "Vous avez annulé beaucoup de commandes : réessayez dans une heure.",
            "You have cancelled many orders: try again in an hour.");

    private final Problem.Rule rule;

    StoreRule(int status, String french, String english) {
        rule = new Problem.Rule(status, name().toLowerCase(Locale.ROOT), french, english);
    }

    Problem.Rule rule() {
        return rule;
    }

    static StoreRule of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
