package tg.ecom.marketplace;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.postgresql.geometric.PGpoint;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Text;
import tg.ecom.ledger.Ledger;
import tg.ecom.marketplace.StoreView.Ranked;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/** GET /api/stores: stores that sell, by where they are, what they sell, and what they are called. */
public final class ListStores extends PublicFunction<ListStores.Request, ListStores.Page> {
    private static final int RADIUS_M = 5_000;
    private static final Pattern NEAR = Pattern.compile("(-?\\d{1,2}(?:\\.\\d{1,10})?),(-?\\d{1,3}(?:\\.\\d{1,10})?)");
    private static final Pattern PLACE = Pattern.compile("([0-9.E-]{1,30})/([0-9a-f-]{36})");
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
                found.size() > request.limit() ? Optional.of(cursor(shown.getLast())) : Optional.empty();
        return new Page(shown.stream().map(Ranked::store).toList(), next);
    }

    private List<Ranked> found(Handle handle, Request request, Optional<Location> near) {
        Instant now = clock().instant();
        int radius = request.radiusM().orElse(RADIUS_M);
        Matcher place = PLACE.matcher(request.cursor().map(Cursor::key).orElse("-1/" + new UUID(0, 0)));
        boolean known = place.matches();
        return handle.createQuery(request.q().isPresent() ? StoreView.BY_WORDS : StoreView.BY_PLACE)
                .bind("at", now)
                .bind("zone", Ledger.LOME.getId())
                .bind(
                        "near",
                        near.map(at -> new PGpoint(at.longitude(), at.latitude()))
                                .orElse(null))
                .bind("around", near.map(at -> StoreView.around(at, radius)).orElse(null))
                .bind("radius_m", radius)
                .bind("category", request.category().orElse(null))
                .bind("open_now", request.openNow().orElse(false))
                .bind("words", request.q().orElse(null))
                .bind("rank", known ? Double.parseDouble(place.group(1)) : Double.MAX_VALUE)
                .bind("id", known ? UUID.fromString(place.group(2)) : new UUID(-1, -1))
                .bind("limit", request.limit() + 1)
                .map((ResultSet row, org.jdbi.v3.core.statement.StatementContext context) -> StoreView.ranked(row, now))
                .list();
    }

    private static Cursor cursor(Ranked last) {
        return new Cursor(last.rank() + "/" + last.store().storeId());
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
}
