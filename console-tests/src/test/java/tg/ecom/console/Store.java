package tg.ecom.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A store that is always open and has one thing to sell.
 *
 * @param product the id of that thing, which costs 4500 F, and 500 F to bring
 */
record Store(String id, String product) {
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    /** Opens one, whose owner signs up for it. */
    static Store opened(Machine machine) {
        Person owner = Person.signUp(machine, "Kossi", "Adjavon", "store_owner");
        Map<String, Object> hours = new TreeMap<>();
        DAYS.forEach(day -> hours.put(day, List.of(Map.of("from", "00:00", "to", "24:00"))));
        Map<String, Object> store = new TreeMap<>(Map.of(
                "phone",
                owner.phone(),
                "name",
                "Chez Kossi",
                "category",
                "alimentation",
                "address",
                "Rue du Commerce, Lomé",
                "location",
                Map.of("latitude", 6.1256, "longitude", 1.2254),
                "delivery_fee",
                500,
                "min_order_amount",
                1_000,
                "business_hours",
                hours));
        String id = machine.tool("POST", "stores", store).path("store_id").textValue();
        JsonNode product = machine.api(
                "/api/store/products",
                owner.signedIn(),
                Map.of("name", "Riz parfumé 5 kg", "category", "riz", "price", 4_500, "stock_quantity", 10));
        return new Store(id, product.path("product_id").textValue());
    }
}
