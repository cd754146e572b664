package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;

/** {@code /_local/stores}: opens a store for somebody, as an administrator will who approves an application. */
public final class StoreOpening {
    /** The tool's name. */
    public static final String TOOL = "stores";

    private static final String OPEN = """
            select marketplace.open_store(
                p_store_id => :id,
                p_owner_id => :owner,
                p_name => :name,
                p_description => :description,
                p_category => :category,
                p_address => :address,
                p_longitude => :longitude,
                p_latitude => :latitude,
                p_phone => :phone,
                p_delivery_fee => :delivery_fee,
                p_min_order_amount => :min_order_amount,
                p_business_hours => cast(:hours as jsonb),
                p_currency => :currency,
                p_at => :at)
            """;

    private static final String OF_OWNER = """
            select id
            from marketplace.stores
            where owner_id = :owner
            """;

    private final JsonAnswers json = new JsonAnswers();
    private final Books books;
    private final DomainView marketplace;
    private final InstantSource clock;

    /** Finds people in the books, and writes as the marketplace. */
    public StoreOpening(Books books, DomainView marketplace, InstantSource clock) {
        this.books = books;
        this.marketplace = marketplace;
        this.clock = clock;
    }

    /**
     * A store that is to be.
     *
     * @param phone where it is called
     * @param businessHours as the API shows them
     */
    public record NewStore(
            String name,
            Optional<String> description,
            String category,
            String address,
            Location location,
            Phone phone,
            long deliveryFee,
            long minOrderAmount,
            JsonNode businessHours) {}

    /** Takes POST. */
    public ToolEndpoint endpoint() {
        return json.tool("POST", this::answer);
    }

    /** The store that somebody has. */
    public synchronized Optional<StoreId> storeOf(UserId owner) {
        return marketplace
                .get()
                .database()
                .call(handle -> handle.createQuery(OF_OWNER)
                        .bind("owner", owner)
                        .mapTo(StoreId.class)
                        .findOne());
    }

    /** Opens a store for somebody who has none. @throws JsonAnswers.Refusal when PostgreSQL refuses it */
    public synchronized StoreId open(UserId owner, NewStore store) {
        StoreId id = new StoreId(Uuid7.next(clock));
        try {
            marketplace.get().database().call(handle -> open(handle, id, owner, store));
        } catch (UnableToExecuteStatementException refused) {
            throw new JsonAnswers.Refusal("PostgreSQL refused the store: " + reason(refused) + ".");
        }
        return id;
    }

    private JsonNode answer(ToolRequest request) throws IOException {
        JsonNode body = json.body(request);
        Phone phone = Phone.parse(JsonAnswers.text(body, "phone").strip())
                .orElseThrow(() -> new JsonAnswers.Refusal("That is no phone number."));
        UserId owner = books.holder(phone)
                .orElseThrow(() -> new JsonAnswers.Refusal("Nobody has that phone."))
                .user();
        NewStore store = new NewStore(
                JsonAnswers.text(body, "name"),
                Optional.ofNullable(body.path("description").asText(null)),
                JsonAnswers.text(body, "category"),
                JsonAnswers.text(body, "address"),
                location(body.path("location")),
                phone,
                body.path("delivery_fee").asLong(0),
                body.path("min_order_amount").asLong(0),
                body.path("business_hours"));
        return json.object().put("store_id", open(owner, store).toString());
    }

    /** The first line is about what is wrong; the next ones are about SQL. */
    private static String reason(UnableToExecuteStatementException refused) {
        return refused.getCause().getMessage().lines().findFirst().orElseThrow().replaceFirst("^ERROR: ", "");
    }

    private Optional<String> open(Handle handle, StoreId id, UserId owner, NewStore store) {
        return handle.createQuery(OPEN)
                .bind("id", id)
                .bind("owner", owner)
                .bind("name", store.name())
                .bind("description", store.description().orElse(null))
                .bind("category", store.category())
                .bind("address", store.address())
                .bind("longitude", store.location().longitude())
                .bind("latitude", store.location().latitude())
                .bind("phone", store.phone().e164())
                .bind("delivery_fee", store.deliveryFee())
                .bind("min_order_amount", store.minOrderAmount())
                .bind("hours", store.businessHours().toString())
                .bind("currency", Money.CURRENCY)
                .bind("at", clock.instant())
                .mapTo(String.class)
                .findOne();
    }

    private static Location location(JsonNode value) {
        JsonNode latitude = value.path("latitude");
        JsonNode longitude = value.path("longitude");
        if (!latitude.isNumber() || !longitude.isNumber()) {
            throw new JsonAnswers.Refusal("\"location\" must be {\"latitude\": …, \"longitude\": …}.");
        }
        try {
            return new Location(latitude.doubleValue(), longitude.doubleValue());
        } catch (IllegalArgumentException nowhere) {
            throw new JsonAnswers.Refusal(nowhere.getMessage() + ".");
        }
    }
}
