package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.marketplace.Refused.refused;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;
import tg.ecom.platform.Visitor;

/** How stores and what they sell are found, and changed by who owns them. */
class StoresTest {
    private static final Visitor VISITOR = new Visitor(Language.FRENCH, "203.0.113.7", "Ecom/1.0");

    private final Scene scene = new Scene();
    private final Caller owner = scene.person(0, Role.STORE_OWNER);
    private final ListStores listing = scene.made(ListStores::new);
    private StoreId pharmacy;
    private StoreId grocery;
    private StoreId nightBar;

    @BeforeEach
    void openStores() {
        pharmacy = scene.store(owner, "Pharmacie du Grand Marché", "pharmacie", Scene.MARKET, Scene.HOURS);
        // Stores are listed in the order in which they opened.
        scene.clock().advance(Duration.ofMillis(1));
        grocery = scene.store(
                scene.person(0), "Épicerie Chez Dédé", "alimentation", new Location(6.1300, 1.2254), Scene.HOURS);
        scene.clock().advance(Duration.ofMillis(1));
        nightBar = scene.store(scene.person(0), "Maquis La Lagune", "restaurant", new Location(6.1700, 1.2254), """
                {"sunday": [{"from": "18:00", "to": "03:00"}], "monday": [{"from": "12:00", "to": "14:00"}]}
                """);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void nearestStores_comeFirstAndFarOnesNot() {
        assertEquals(List.of(pharmacy, grocery), found(near("6.1256,1.2254", 3_000)));
        assertEquals(List.of(grocery, pharmacy), found(near("6.1310,1.2254", 3_000)));
        assertEquals(List.of(grocery), found(near("6.1310,1.2254", 300)));
        assertEquals(List.of(nightBar, grocery, pharmacy), found(near("6.1700,1.2254", 50_000)));
        assertEquals(
                Optional.of(489),
                listing.handle(VISITOR, near("6.1256,1.2254", 3_000))
                        .items()
                        .get(1)
                        .distanceM());
    }

    @ParameterizedTest
    @CsvSource({"pharmacie, 1", "PHARMACIE, 1", "farmacie, 1", "pharmasie, 1", "epicerie, 1", "dédé, 1", "xyzzy, 0"})
    void words_areFoundWithoutAccentsAndWithAWrongLetter(String words, int count) {
        List<StoreId> found = found(new ListStores.Request(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(words),
                Optional.empty(),
                Optional.empty(),
                20));
        assertEquals(count, found.size(), () -> words + " " + found);
    }

    @Test
    void openStores_areThoseOfTheMoment() {
        assertEquals(List.of(pharmacy, grocery), found(openNow()));
        scene.clock().advance(Duration.ofHours(5));
        assertEquals(List.of(pharmacy, grocery, nightBar), found(openNow()));
        scene.clock().advance(Duration.ofHours(18 + 24 * 5));
        assertEquals(List.of(), found(openNow()));
        assertEquals(
                Optional.of(Instant.parse("2026-11-29T18:00:00Z")),
                read(nightBar).opensAt());
        scene.clock().advance(Duration.ofHours(19));
        assertTrue(read(nightBar).openNow(), "Sunday's evening ends on Monday at 3");
        scene.clock().advance(Duration.ofHours(1));
        assertFalse(read(nightBar).openNow());
    }

    @Test
    void list_comesPageByPage() {
        for (Optional<String> near : List.of(Optional.<String>empty(), Optional.of("6.1256,1.2254"))) {
            List<StoreId> all = new ArrayList<>();
            Optional<Cursor> cursor = Optional.empty();
            do {
                ListStores.Page page = listing.handle(VISITOR, page(near, cursor));
                assertEquals(1, page.items().size());
                all.add(page.items().getFirst().storeId());
                cursor = page.nextCursor();
            } while (cursor.isPresent());
            assertEquals(List.of(pharmacy, grocery, nightBar), all);
        }
        assertEquals(
                List.of(),
                listing.handle(VISITOR, page(Optional.empty(), Optional.of(new Cursor("x/y"))))
                        .items());
    }

    @ParameterizedTest
    @ValueSource(strings = {"91,0", "0,181", "99,999"})
    void placeBeyondThePoles_isNone(String near) {
        refused("invalid_value", () -> found(near(near, 100)));
    }

    @Test
    void storeThatDoesNotSell_isNotFound() {
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update marketplace.stores set is_active = false where id = ?", pharmacy.value()));
        refused("not_found", () -> read(pharmacy));
        assertEquals(List.of(grocery, nightBar), found(page(Optional.empty(), Optional.empty(), 20)));
        assertEquals(List.of(), products(pharmacy, Optional.empty()));
    }

    @Test
    void product_isSoldAsItsOwnerSays() {
        AddProduct adding = scene.made(AddProduct::new);
        ChangeProduct changing = scene.made(ChangeProduct::new);
        ProductView.OwnProduct added = adding.handle(
                owner,
                new AddProduct.Request(
                        "Sirop pour la toux",
                        Optional.of("Sans sucre"),
                        "médicaments",
                        new Money(2_500),
                        3,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of("https://images.example/sirop.jpg")),
                        Optional.empty()));
        assertTrue(added.lowStock());
        assertEquals(1, products(pharmacy, Optional.of("siro")).size());
        assertEquals(0, products(pharmacy, Optional.of("aspirine")).size());

        ProductView.OwnProduct changed = changing.handle(owner, change(added.productId(), 2_700, false));
        assertEquals(new Money(2_700), changed.price());
        assertEquals(3, changed.stockQuantity());
        assertEquals(Optional.of("Sans sucre"), changed.description());
        assertEquals(0, products(pharmacy, Optional.empty()).size());
        assertEquals(
                1,
                scene.made(ListOwnProducts::new)
                        .handle(
                                owner,
                                new ListOwnProducts.Request(Optional.empty(), Optional.empty(), Optional.empty(), 20))
                        .items()
                        .size());
    }

    @Test
    void anothersProduct_isNotFound() {
        ProductId rice = scene.product(grocery, 4_500, 10);
        refused("not_found", () -> scene.made(ChangeProduct::new).handle(owner, change(rice, 1, true)));
        assertEquals(4_500, scene.number("select price from marketplace.products where id = ?", rice.value()));
        refused(
                "no_store",
                () -> scene.made(AddProduct::new)
                        .handle(
                                scene.person(0, Role.STORE_OWNER),
                                new AddProduct.Request(
                                        "Riz",
                                        Optional.empty(),
                                        "riz",
                                        new Money(1),
                                        1,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())));
    }

    private List<StoreId> found(ListStores.Request request) {
        return listing.handle(VISITOR, request).items().stream()
                .map(StoreView.Store::storeId)
                .toList();
    }

    private StoreView.Store read(StoreId store) {
        return scene.made(ReadStore::new).handle(VISITOR, new ReadStore.Request(store));
    }

    private List<ProductView.Product> products(StoreId store, Optional<String> words) {
        return scene.made(ListStoreProducts::new)
                .handle(
                        VISITOR,
                        new ListStoreProducts.Request(
                                store, words, Optional.empty(), Optional.empty(), Optional.empty(), 20))
                .items();
    }

    private static ListStores.Request near(String place, int radiusM) {
        return new ListStores.Request(
                Optional.of(place),
                Optional.of(radiusM),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                20);
    }

    private static ListStores.Request openNow() {
        return new ListStores.Request(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                20);
    }

    private static ListStores.Request page(Optional<String> near, Optional<Cursor> cursor) {
        return page(near, cursor, 1);
    }

    private static ListStores.Request page(Optional<String> near, Optional<Cursor> cursor, int limit) {
        return new ListStores.Request(
                near, Optional.of(50_000), Optional.empty(), Optional.empty(), Optional.empty(), cursor, limit);
    }

    private static ChangeProduct.Request change(ProductId id, long price, boolean active) {
        return new ChangeProduct.Request(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Money(price)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(active),
                Optional.empty(),
                Optional.empty());
    }
}
