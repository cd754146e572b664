package tg.ecom.marketplace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Text;
import tg.ecom.ledger.Ledger;
import tg.ecom.marketplace.StoreView.Box;
import tg.ecom.marketplace.StoreView.Ranked;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/** GET /api/stores: stores that sell, by where they are, what they sell, and what they are called. */
public final class ListStores extends PublicFunction<ListStores.Request, ListStores.Page> {
    private static final int RADIUS_M = 5_000;
    private static final Pattern NEAR = Pattern.compile("(-?\\d{1,2}(?:\\.\\d{1,10})?),(-?\\d{1,3}(?:\\.\\d{1,10})?)");
    private static final Text NOWHERE = new Text("n'est pas un lieu", "is no place");

    /** Filters, each of which may be left out; {@code near} is latitude and longitude. */
    public record Request(
            Optional<String> near,
            Optional<Integer> radiusM,
            Optional<String> category,
            Optional<String> q,
            Optional<Boolean> openNow,
            Optional<Cursor> cursor,
            int limit) {}

    /** One page. */
    public record Page(List<StoreView.Store> items, Optional<Cursor> nextCursor) {}

    @Override
    protected Page handle(Visitor visitor, Request request) {
        Optional<Location> near = request.near().map(text -> location(text, visitor.language()));
        List<Ranked> found = database().call(handle -> found(handle, request, near));
        List<Ranked> shown = found.subList(0, Math.min(request.limit(), found.size()));
        Optional<Cursor> next =
                found.size() > request.limit() ? Optional.of(Place.after(shown.getLast())) : Optional.empty();
        return new Page(shown.stream().map(Ranked::store).toList(), next);
    }

    private List<Ranked> found(Handle handle, Request request, Optional<Location> near) {
        Instant now = clock().instant();
        Place after = request.cursor().map(Place::of).orElse(Place.FIRST);
        Query query = handle.createQuery(statement(near.isPresent(), request.q().isPresent()))
                .bind("at", now)
                .bind("zone", Ledger.LOME.getId())
                .bind("category", request.category().orElse(null))
                .bind("open_now", request.openNow().orElse(false))
                .bind("words", request.q().orElse(null))
                .bind("rank", after.rank())
                .bind("id", after.store())
                .bind("limit", request.limit() + 1);
        near.ifPresent(place -> bind(query, place, request.radiusM().orElse(RADIUS_M)));
        return query.map((row, context) -> StoreView.ranked(row, now)).list();
    }

    private static String statement(boolean near, boolean like) {
        if (near) {
            return like ? StoreView.NEAR_AND_LIKE : StoreView.NEAR;
        }
        return like ? StoreView.LIKE : StoreView.ALL;
    }

    private static void bind(Query query, Location place, int radiusM) {
        Box around = Box.around(place, radiusM);
        query.bind("longitude", place.longitude())
                .bind("latitude", place.latitude())
                .bind("west", around.west())
                .bind("south", around.south())
                .bind("east", around.east())
                .bind("north", around.north())
                .bind("radius_m", radiusM);
    }

    private static Location location(String near, Language language) {
        Matcher parts = NEAR.matcher(near);
        try {
            if (parts.matches()) {
                return new Location(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)));
            }
        } catch (IllegalArgumentException beyondThePoles) {
            // Told as any other that is none.
        }
        throw CommonProblem.Unacceptable.field("near", NOWHERE.in(language)).asException();
    }

    /** A place in the list. */
    private record Place(double rank, UUID store) {
        private static final Pattern KEY = Pattern.compile("([^/]{1,30})/([0-9a-f-]{36})");

        /** Before everything. */
        static final Place FIRST = new Place(-1, new UUID(0, 0));

        /** After everything. */
        private static final Place LAST = new Place(Double.MAX_VALUE, new UUID(-1, -1));

        /** Where a page ended. A cursor that is none of ours is at the end, where the page is empty. */
        static Place of(Cursor cursor) {
            Matcher key = KEY.matcher(cursor.key());
            try {
                if (key.matches()) {
                    return new Place(Double.parseDouble(key.group(1)), UUID.fromString(key.group(2)));
                }
            } catch (IllegalArgumentException notOurs) {
                return LAST;
            }
            return LAST;
        }

        static Cursor after(Ranked last) {
            return new Cursor(last.rank() + "/" + last.store().storeId());
        }
    }
}
