package tg.ecom.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.StoreId;
import tg.ecom.ledger.Ledger;
import tg.ecom.platform.Json;

/** Stores as everybody sees them. */
public final class StoreView {
    /** One degree of latitude, and of longitude at the equator, is about so far. */
    private static final double METRES_A_DEGREE = 111_195;

    private static final double LATITUDE_MAX = 89;

    private static final String COLUMNS = """
            select
                s.id, s.name, s.description, s.category, s.address, s.location[1] as latitude,
                s.location[0] as longitude, s.phone, s.email, s.logo_url, s.cover_url, s.delivery_fee, s.min_order_amount,
                s.delivery_time_min, s.delivery_time_max, s.rating,
                s.total_orders, s.business_hours, marketplace.opens_at(s.open_minutes, :at, :zone) as opens_at,
            """;

    static final String READ = COLUMNS + """
                null::double precision as distance_m, 0::double precision as rank
            from marketplace.stores s
            where s.id = :id and s.is_active
            """;

    private static final String WANTED = """
            where s.is_active
                and (cast(:category as text) is null or s.category = :category)
                and (not :open_now or s.open_minutes @> marketplace.minute_of_week(:at, :zone))
            """;

    private static final String WORDS = """
            join marketplace.stores_like(:words) l on l.store_id = s.id
            """;

    private static final String HERE = """
            cross join (select point(:longitude, :latitude) as here) h
            """;

    private static final String NEARBY = """
                and s.location <@ box(point(:west, :south), point(:east, :north))
                and marketplace.distance_m(s.location, h.here) <= :radius_m
            """;

    /** In the order in which they opened. */
    static final String ALL = COLUMNS + """
                null::double precision as distance_m, 0::double precision as rank
            from marketplace.stores s
            """ + WANTED + """
                and s.id > :id
            order by s.id
            limit :limit
            """;

    /** By how well the words fit. */
    static final String LIKE = ranked("null::double precision", "l.difference", WORDS, "");

    /** By nearness. */
    static final String NEAR = ranked(
            "marketplace.distance_m(s.location, h.here)", "marketplace.distance_m(s.location, h.here)", HERE, NEARBY);

    /** What fits at all, by nearness. */
    static final String NEAR_AND_LIKE = ranked(
            "marketplace.distance_m(s.location, h.here)",
            "marketplace.distance_m(s.location, h.here)",
            WORDS + HERE,
            NEARBY);

    private static String ranked(String distance, String rank, String joined, String where) {
        return "select * from (" + COLUMNS + distance + " as distance_m, " + rank
                + " as rank\nfrom marketplace.stores s\n"
                + joined + WANTED + where + """
                ) found
                where (rank, id) > (:rank, :id)
                order by rank, id
                limit :limit
                """;
    }

    private StoreView() {}

    /** From when to when, on a day; what ends no later than it begins ends the next day. */
    public record Span(String from, String to) {}

    /**
     * A store.
     *
     * @param opensAt when it opens next, if it is closed
     * @param distanceM metres from where somebody asked
     */
    public record Store(
            StoreId storeId,
            String name,
            Optional<String> description,
            String category,
            String address,
            Location location,
            Optional<String> phone,
            Optional<String> email,
            Optional<String> logoUrl,
            Optional<String> coverUrl,
            Money deliveryFee,
            Money minOrderAmount,
            int deliveryTimeMin,
            int deliveryTimeMax,
            double rating,
            int totalOrders,
            Map<String, List<Span>> businessHours,
            boolean openNow,
            Optional<Instant> opensAt,
            Optional<Integer> distanceM) {}

    /** A store, and its place in a list. */
    record Ranked(Store store, double rank) {}

    /** Reads a store that sells. */
    static Optional<Store> read(Handle handle, StoreId id, Instant now) {
        return handle.createQuery(READ)
                .bind("id", id)
                .bind("at", now)
                .bind("zone", Ledger.LOME.getId())
                .map((row, context) -> ranked(row, now).store())
                .findOne();
    }

    /**
     * What everything within a radius lies in, so that an index can look for it.
     *
     * @param west least longitude, and so on
     */
    record Box(double west, double south, double east, double north) {
        static Box around(Location place, int radiusM) {
            double latitudes = radiusM / METRES_A_DEGREE;
            double widest = Math.min(LATITUDE_MAX, Math.abs(place.latitude()) + latitudes);
            double longitudes = latitudes / Math.cos(Math.toRadians(widest));
            return new Box(
                    place.longitude() - longitudes,
                    place.latitude() - latitudes,
                    place.longitude() + longitudes,
                    place.latitude() + latitudes);
        }
    }

    static Ranked ranked(ResultSet row, Instant now) throws SQLException {
        OffsetDateTime opens = row.getObject("opens_at", OffsetDateTime.class);
        boolean open = opens != null && opens.toInstant().equals(now);
        Double distance = row.getObject("distance_m", Double.class);
        Store store = new Store(
                new StoreId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                row.getString("category"),
                row.getString("address"),
                new Location(row.getDouble("latitude"), row.getDouble("longitude")),
                Optional.ofNullable(row.getString("phone")),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("logo_url")),
                Optional.ofNullable(row.getString("cover_url")),
                new Money(row.getLong("delivery_fee")),
                new Money(row.getLong("min_order_amount")),
                row.getInt("delivery_time_min"),
                row.getInt("delivery_time_max"),
                row.getDouble("rating"),
                row.getInt("total_orders"),
                hours(row.getString("business_hours")),
                open,
                open ? Optional.empty() : Optional.ofNullable(opens).map(OffsetDateTime::toInstant),
                Optional.ofNullable(distance).map(metres -> (int) Math.round(metres)));
        return new Ranked(store, row.getDouble("rank"));
    }

    private static Map<String, List<Span>> hours(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<Map<String, List<Span>>>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
