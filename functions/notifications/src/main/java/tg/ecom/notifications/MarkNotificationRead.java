package tg.ecom.notifications;

import tg.ecom.kernel.NotificationId;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;

/**
 * PUT /api/notifications/{id}/read: the caller has read what they were told. Done again, it stays as it was. Another's
 * is not found.
 */
public final class MarkNotificationRead extends ApiFunction<MarkNotificationRead.Request, Notification> {
    static final String MARK = """
            update notifications.notifications
            set read_at = coalesce(read_at, :at)
            where id = :id
                and user_id = :user_id
            returning %s
            """.formatted(Notification.COLUMNS);

    /** Which one. */
    public record Request(NotificationId id) {}

    /** For everybody who is signed in. */
    public MarkNotificationRead() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Notification handle(Caller caller, Request request) {
        return database()
                .call(handle -> handle.createQuery(MARK)
                        .bind("id", request.id())
                        .bind("user_id", caller.user())
                        .bind("at", clock().instant())
                        .map((row, context) ->
                                Notification.of(row, caller.visitor().language()))
                        .findOne())
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
