package tg.ecom.notifications;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.Cursor;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;

/** GET /api/notifications: what the caller was told, the newest first. */
public final class ListNotifications extends ApiFunction<ListNotifications.Request, ListNotifications.Page> {
    /** Above every UUID of version 7. */
    private static final UUID TOP = new UUID(-1, -1);

    /** Below them all. */
    private static final UUID BOTTOM = new UUID(0, 0);

    static final String LIST = """
            select %s
            from notifications.notifications
            where user_id = :user_id
                and id < :before
            order by id desc
            limit :count_max
            """.formatted(Notification.COLUMNS);

    /** Where in the list. */
    public record Request(Optional<Cursor> cursor, int limit) {}

    /** One page. */
    public record Page(List<Notification> items, Optional<Cursor> nextCursor) {}

    /** For everybody who is signed in. */
    public ListNotifications() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Page handle(Caller caller, Request request) {
        UUID before = request.cursor().map(ListNotifications::place).orElse(TOP);
        // One more than asked for tells whether there is a next page.
        List<Notification> found = database()
                .call(handle -> handle.createQuery(LIST)
                        .bind("user_id", caller.user())
                        .bind("before", before)
                        .bind("count_max", request.limit() + 1)
                        .map((row, context) ->
                                Notification.of(row, caller.visitor().language()))
                        .list());
        List<Notification> items = found.subList(0, Math.min(found.size(), request.limit()));
        return new Page(
                items,
                found.size() > items.size()
                        ? Optional.of(new Cursor(items.getLast().id().toString()))
                        : Optional.empty());
    }

    /** A cursor that is none of ours is at the end, where the page is empty. */
    private static UUID place(Cursor cursor) {
        try {
            return UUID.fromString(cursor.key());
        } catch (IllegalArgumentException notOurs) {
            return BOTTOM;
        }
    }
}
