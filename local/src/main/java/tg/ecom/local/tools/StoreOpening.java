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

    /** Takes POST. */
    public ToolEndpoint endpoint() {
        return json.tool("POST", this::open);
    }

    private synchronized JsonNode open(ToolRequest request) throws IOException {
        JsonNode body = json.body(request);
        Phone phone = Phone.parse(JsonAnswers.text(body, "phone").strip())
                .orElseThrow(() -> new JsonAnswers.Refusal("That is no phone number."));
        UserId owner = books.holder(phone)
                .orElseThrow(() -> new JsonAnswers.Refusal("Nobody has that phone."))
                .user();
        StoreId id = new StoreId(Uuid7.next(clock));
        Location location = location(body.path("location"));
        try {
            marketplace.get().database().call(handle -> open(handle, id, owner, phone, location, body));
        } catch (UnableToExecuteStatementException refused) {
            throw new JsonAnswers.Refusal("PostgreSQL refused the store: " + reason(refused) + ".");
        }
        return json.object().put("store_id", id.toString());
    }

    /** The first line is about what is wrong; the next ones are about SQL. */
    private static String reason(UnableToExecuteStatementException refused) {
        return refused.getCause().getMessage().lines().findFirst().orElseThrow().replaceFirst("^ERROR: ", "");
    }

    private Optional<String> open(
            Handle handle, StoreId id, UserId owner, Phone phone, Location location, JsonNode body) {
        return handle.createQuery(OPEN)
                .bind("id", id)
                .bind("owner", owner)
                .bind("name", JsonAnswers.text(body, "name"))
                .bind("description", body.path("description").asText(null))
                .bind("category", JsonAnswers.text(body, "category"))
                .bind("address", JsonAnswers.text(body, "address"))
                .bind("longitude", location.longitude())
                .bind("latitude", location.latitude())
                .bind("phone", phone.e164())
                .bind("delivery_fee", body.path("delivery_fee").asLong(0))
                .bind("min_order_amount", body.path("min_order_amount").asLong(0))
                .bind("hours", body.path("business_hours").toString())
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
