package tg.ecom.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.NotificationId;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;

/** What a person was told, as openapi.yaml has it: the words are in the reader's language. */
public record Notification(
        NotificationId id,
        Kind kind,
        String title,
        String text,
        Optional<PaymentId> rechargeId,
        Optional<OrderId> orderId,
        Money amount,
        String currency,
        Instant createdAt,
        Optional<Instant> readAt) {

    static final String COLUMNS = "id, kind, amount, currency, created_at, read_at, " + Subject.COLUMNS;

    static Notification of(ResultSet row, Language language) throws SQLException {
        Kind kind = Kind.of(row.getString("kind"));
        Subject subject = Subject.of(row);
        Money amount = new Money(row.getLong("amount"));
        return new Notification(
                new NotificationId(row.getObject("id", UUID.class)),
                kind,
                kind.title().in(language),
                kind.text(subject, amount).in(language),
                subject instanceof Subject.Recharge(var id) ? Optional.of(id) : Optional.empty(),
                subject instanceof Subject.Order order ? Optional.of(order.id()) : Optional.empty(),
                amount,
                row.getString("currency"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("read_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
