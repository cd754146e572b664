package tg.ecom.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;

/** What somebody is told of. */
sealed interface Subject {
    /** The columns that say it. */
    String COLUMNS = "recharge_id, order_id, order_number, store_name";

    /** Money that an operator was asked for. */
    record Recharge(PaymentId id) implements Subject {}

    /**
     * What somebody ordered.
     *
     * @param number as people call it
     * @param storeName where
     */
    record Order(OrderId id, String number, String storeName) implements Subject {}

    static Subject of(ResultSet row) throws SQLException {
        UUID recharge = row.getObject("recharge_id", UUID.class);
        return recharge == null
                ? new Order(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getString("order_number"),
                        row.getString("store_name"))
                : new Recharge(new PaymentId(recharge));
    }
}
