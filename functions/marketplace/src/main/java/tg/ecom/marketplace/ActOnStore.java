package tg.ecom.marketplace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Role;

/**
 * PUT /api/admin/stores/{id}: suspends a store, which sells nothing until it is restored. {@link SweepOrders} ends its
 * orders that are not under way, within a minute. What is so already stays so.
 */
public final class ActOnStore extends ApiFunction<ActOnStore.Request, ActOnStore.Answer> {
    static final String CHANGE = """
            update marketplace.stores
            set is_active = not :suspend,
                suspended_at = case when :suspend then cast(:at as timestamptz) end,
                updated_at = :at
            where id = :id
                and (suspended_at is null) = :suspend
            """;

    static final String NOTE = """
            insert into marketplace.store_events (id, store_id, action, actor_id, reason, at)
            values (:event_id, :id, :action, :actor, :reason, :at)
            """;

    static final String READ = """
            select id, name, is_active, suspended_at
            from marketplace.stores
            where id = :id
            """;

    /** Which store, what is to be done, and why. */
    public record Request(StoreId id, Action action, Optional<String> reason) {}

    /** What administrators may do to a store. */
    public enum Action {
        SUSPEND,
        RESTORE
    }

    /** The store as it is then. */
    public record Answer(StoreId storeId, String name, boolean isActive, Optional<Instant> suspendedAt) {}

    /** For administrators. */
    public ActOnStore() {
        super(Access.only(Role.ADMIN));
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        return database()
                .transact(transaction -> {
                    if (changed(transaction, request)) {
                        note(transaction, caller, request);
                    }
                    return read(transaction, request.id());
                })
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }

    private boolean changed(Handle transaction, Request request) {
        return transaction
                        .createUpdate(CHANGE)
                        .bind("id", request.id())
                        .bind("suspend", request.action() == Action.SUSPEND)
                        .bind("at", clock().instant())
                        .execute()
                == 1;
    }

    private void note(Handle transaction, Caller caller, Request request) {
        transaction
                .createUpdate(NOTE)
                .bind("event_id", Uuid7.next(clock()))
                .bind("id", request.id())
                .bind("action", request.action().name().toLowerCase(Locale.ROOT))
                .bind("actor", caller.user())
                .bind("reason", request.reason().orElse(null))
                .bind("at", clock().instant())
                .execute();
    }

    private static Optional<Answer> read(Handle transaction, StoreId id) {
        return transaction
                .createQuery(READ)
                .bind("id", id)
                .map((row, context) -> answer(row))
                .findOne();
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(
                new StoreId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getBoolean("is_active"),
                Optional.ofNullable(row.getObject("suspended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
