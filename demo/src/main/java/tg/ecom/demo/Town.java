package tg.ecom.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import tg.ecom.client.Answer;
import tg.ecom.client.Person;

/**
 * The small Lomé that the story is played in.
 *
 * @param store the id of the store that never closes
 * @param storeName what it is called
 * @param owner who sells there
 */
record Town(String store, String storeName, Person owner) {
    private static final int OK = 200;
    private static final int SHOWN = 3;

    /** A place in Tokoin, from which stores are looked for. */
    private static final String HERE = "6.1435,1.2125";

    /** Loads what of it is missing, and looks around. */
    static Town open(Stage stage) {
        stage.narrator().chapter(1, "A small Lomé");
        JsonNode loaded = stage.tools().loadTown();
        stage.narrator()
                .say("%d stores and %d products, all of them fictional."
                        .formatted(
                                loaded.path("stores").asInt(),
                                loaded.path("products").asInt()));
        Answer near = stage.ecom().get("/api/stores?near=" + HERE + "&open_now=true&limit=50", Map.of());
        JsonNode stores = near.expect(OK).path("items");
        stage.narrator().call(near, stores.size() + " are open now; the nearest:");
        for (int index = 0; index < Math.min(SHOWN, stores.size()); index++) {
            JsonNode each = stores.get(index);
            stage.narrator()
                    .say("   %s, %s"
                            .formatted(
                                    each.path("name").asText(),
                                    each.path("category").asText()));
        }
        Answer typed = stage.ecom().get("/api/stores?q=supereTe", Map.of());
        JsonNode open = loaded.path("round_the_clock_store");
        String name = open.path("name").asText();
        boolean found = typed.expect(OK).path("items").findValuesAsText("name").contains(name);
        stage.narrator().call(typed, "\"supereTe\", without its accent and with a slip");
        stage.holds(found, "the search forgives that and finds " + name);
        return new Town(
                open.path("store_id").asText(),
                name,
                Person.logIn(
                        stage.ecom(),
                        open.path("owner_phone").asText(),
                        loaded.path("password").asText()));
    }
}
