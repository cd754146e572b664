package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each statement of a request, a step and the sweeper goes by an index. */
class IndexesTest {
    private static final String ID = "'01900000-0000-7000-8000-000000000100'::uuid";
    private static final String NOW = "timestamptz '2026-11-23T08:00:00Z'";
    private static final Pattern NAMED = Pattern.compile("(?<!:):([a-z_]+)");

    private final Scene scene = new Scene();

    @BeforeEach
    void manyOrders() {
        scene.superuser().useHandle(handle -> {
            handle.execute("""
                    insert into marketplace.stores (id, owner_id, name, category, address, location, business_hours,
                        suspended_at, is_active, created_at, updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        'Boutique ' || md5(n::text), 'c' || n % 20, 'Lomé', point(n % 100 / 50.0, 6 + n / 3000.0), '{}',
                        case when n % 1000 = 7 then now() end, n % 1000 <> 7, now(), now()
                    from generate_series(1, 5000) n
                    """);
            handle.execute("""
                    insert into marketplace.products (id, store_id, name, category, price, stock_quantity, created_at,
                        updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad((n % 500 + 1)::text, 12, '0'))::cstring),
                        'Riz', 'riz', 100, 10, now(), now()
                    from generate_series(1, 20000) n
                    """);
            handle.execute("""
                    insert into marketplace.orders (id, customer_id, store_id, order_number, status, subtotal,
                        delivery_fee, total_amount, commission, currency, payment_method, payment_status, hold_id, reason,
                        estimated_delivery, due_at, placed_at, created_at, updated_at)
                    select p.id, s.id, s.id, right(p.id::text, 12), o.status, 100, 0, 100,
                        10, 'XOF', 'wallet', 'paid', p.id, case when o.status = 'cancelled' then 'rejected' end, now(),
                        case when o.status = 'pending' then now() end, now(), now(), now()
                    from marketplace.products p
                    join marketplace.stores s on s.id = p.store_id
                    cross join lateral (
                        select case when right(p.id::text, 2) = '00' then 'pending' else 'cancelled' end::
                            marketplace.order_status as status) o
                    """);
            handle.execute("""
                    insert into marketplace.order_items (id, order_id, product_id, name, quantity, unit_price, total_price,
                        created_at)
                    select id, id, id, 'Riz', 1, 100, 100, now() from marketplace.orders
                    """);
            handle.execute("""
                    insert into marketplace.order_events (id, order_id, sequence, status, action, party, at)
                    select id, id, 1, 'pending', 'place', 'client', now() from marketplace.orders
                    """);
            handle.execute("vacuum analyze marketplace.stores, marketplace.products, marketplace.orders,"
                    + " marketplace.order_items, marketplace.order_events");
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everyStatement_goesByIndex() {
        for (String statement : List.of(
                Orders.LOCK,
                Orders.CHANGE,
                Orders.PAYMENT,
                Orders.STATUS,
                Orders.WRONG_CODE,
                Orders.RESTOCK,
                Orders.COUNT,
                Orders.WAS_DONE,
                OrderView.READ,
                OrderView.OF_CUSTOMER,
                OrderView.OF_STORE,
                StoreView.READ,
                StoreView.ALL,
                StoreView.NEAR,
                ProductView.OF_STORE,
                ProductView.OF_OWNER,
                AddProduct.ADD,
                ChangeProduct.CHANGE,
                ActOnStore.CHANGE,
                ActOnStore.READ,
                SweepOrders.OVERDUE,
                SweepOrders.OF_SUSPENDED_STORES,
                // Of marketplace.place.
                "select p.id from marketplace.products p where p.id = any (array[:id]) order by p.id for no key update",
                """
                select count(*) from marketplace.orders
                where customer_id = :id and status = 'pending' and payment_status = 'pending'
                """,
                // Of marketplace.stores_like, whose threshold stands with it.
                """
                select s.id from marketplace.stores s
                where s.is_active and marketplace.plain('pharmacie') operator(extensions.<%) s.search
                """)) {
            String plan = plan(statement);
            assertFalse(plan.contains("Seq Scan"), () -> statement + "\n" + plan);
        }
        assertTrue(plan(StoreView.NEAR).contains("stores_by_place"), plan(StoreView.NEAR));
    }

    private String plan(String statement) {
        Matcher parameter = NAMED.matcher(statement);
        StringBuilder filled = new StringBuilder();
        while (parameter.find()) {
            parameter.appendReplacement(filled, Matcher.quoteReplacement(value(parameter.group(1))));
        }
        parameter.appendTail(filled);
        List<String> lines = new ArrayList<>(scene.superuser()
                .withHandle(handle -> handle.createQuery(
                                "explain " + filled.toString().replace("::", "\\:\\:"))
                        .mapTo(String.class)
                        .list()));
        return String.join("\n", lines);
    }

    private static String value(String name) {
        return switch (name) {
            case "id", "event_id", "store", "owner", "user", "actor" -> ID;
            case "before" -> "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";
            case "after" -> "'00000000-0000-0000-0000-000000000000'::uuid";
            case "at", "due_at", "overdue" -> NOW;
            case "zone" -> "'Africa/Lome'";
            case "open_now", "in_stock", "is_active", "suspend" -> "false";
            case "status" -> "'pending'";
            case "payment_status" -> "'paid'";
            case "party" -> "'store'";
            case "longitude", "west" -> "1.2::double precision";
            case "latitude", "south" -> "6.1::double precision";
            case "east" -> "1.21::double precision";
            case "north" -> "6.11::double precision";
            case "images" -> "'[]'";
            case "specifications" -> "'{}'";
            case "limit", "count_max", "version", "price", "stock_quantity", "min_stock_alert", "rank", "radius_m" ->
                "20";
            case "category", "words" -> "null";
            default -> "'word'";
        };
    }
}
