package tg.ecom.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.ledger.PostingResult.PostedEntry;
import tg.ecom.platform.Json;

/** Reads what the ledger's functions and queries answer. */
final class LedgerRows {
    private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};

    private LedgerRows() {}

    static PostingResult posting(ResultSet row) throws SQLException {
        if (row.getString("refusal") != null) {
            return new PostingResult.Refused(Refusals.read(row));
        }
        UUID[] ids = (UUID[]) array(row, "entry_ids");
        UUID[] wallets = (UUID[]) array(row, "wallet_ids");
        Long[] amounts = (Long[]) array(row, "amounts");
        Long[] balances = (Long[]) array(row, "balances");
        List<PostedEntry> entries = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            entries.add(new PostedEntry(
                    new EntryId(ids[i]),
                    new WalletId(wallets[i]),
                    amounts[i],
                    Optional.ofNullable(balances[i]).map(Money::new)));
        }
        return new Posted(
                new TransferId(uuid(row, "transfer_id")),
                instant(row, "created_at"),
                entries,
                row.getBoolean("replayed"));
    }

    /** Nothing for a posting that was not tried. */
    static Optional<PostingResult> optionalPosting(ResultSet row) throws SQLException {
        return row.getString("refusal") == null && row.getString("transfer_id") == null
                ? Optional.empty()
                : Optional.of(posting(row));
    }

    static HoldResult hold(ResultSet row) throws SQLException {
        if (row.getString("refusal") != null) {
            return new HoldResult.Refused(Refusals.read(row));
        }
        Hold hold = new Hold(
                new HoldId(uuid(row, "hold_id")),
                new WalletId(uuid(row, "wallet_id")),
                new Money(row.getLong("amount")),
                new Money(row.getLong("captured")),
                Hold.Status.of(row.getString("status")),
                instant(row, "expires_at"));
        return new HoldResult.Done(hold, new Money(row.getLong("available")), row.getBoolean("replayed"));
    }

    static StatusResult status(ResultSet row, WalletId wallet, Balance.Status status) throws SQLException {
        return row.getString("refusal") == null
                ? new StatusResult.Done(wallet, status, row.getBoolean("changed"))
                : new StatusResult.Refused(Refusals.read(row));
    }

    static Balance balance(ResultSet row) throws SQLException {
        return new Balance(
                new Money(row.getLong("balance")),
                new Money(row.getLong("available")),
                new Money(row.getLong("held")),
                row.getString("currency"),
                Balance.Status.of(row.getString("status")),
                new Balance.Limits(
                        limit(row, "daily_max", "spent_day"),
                        limit(row, "monthly_max", "spent_month"),
                        new Money(row.getLong("single_max"))));
    }

    static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static Transaction transaction(ResultSet row) throws SQLException {
        return new Transaction(
                new EntryId(uuid(row, "id")),
                new WalletId(uuid(row, "wallet_id")),
                Optional.ofNullable(uuid(row, "transfer_id")).map(TransferId::new),
                Transaction.Type.of(row.getString("type")),
                new Money(row.getLong("amount")),
                row.getString("currency"),
                Category.of(row.getString("category")),
                Optional.ofNullable(row.getString("description")),
                row.getString("status"),
                Optional.ofNullable(row.getObject("balance_after", Long.class)).map(Money::new),
                Optional.ofNullable(row.getString("counterparty")),
                metadata(row),
                Optional.ofNullable(uuid(row, "related_service_id")),
                PaymentMethod.of(row.getString("payment_method")),
                Optional.ofNullable(row.getString("external_reference")),
                row.getString("reference"),
                instant(row, "effective_at"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static Journal.Line line(ResultSet row) throws SQLException {
        Journal.Transfer transfer = new Journal.Transfer(
                new TransferId(uuid(row, "transfer_id")),
                instant(row, "created_at"),
                instant(row, "effective_at"),
                row.getString("currency"),
                Optional.ofNullable(row.getString("description")),
                metadata(row),
                Optional.ofNullable(uuid(row, "related_service_id")),
                PaymentMethod.of(row.getString("payment_method")),
                Optional.ofNullable(row.getString("external_reference")),
                Optional.ofNullable(uuid(row, "hold_id")).map(HoldId::new),
                Optional.ofNullable(uuid(row, "reverses_id")).map(TransferId::new));
        return new Journal.Line(
                new EntryId(uuid(row, "id")),
                new WalletId(uuid(row, "wallet_id")),
                row.getLong("amount"),
                Optional.ofNullable(row.getObject("balance_after", Long.class)).map(Money::new),
                Category.of(row.getString("category")),
                transfer);
    }

    private static Map<String, Object> metadata(ResultSet row) throws SQLException {
        String json = row.getString("metadata");
        try {
            return json == null ? Map.of() : Json.mapper().readValue(json, METADATA);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("PostgreSQL keeps nothing else in a column of JSON", notJson);
        }
    }

    static Position position(ResultSet row) throws SQLException {
        return new Position(row.getLong("sequence"), uuid(row, "place"));
    }

    private static Balance.Limit limit(ResultSet row, String limit, String used) throws SQLException {
        return new Balance.Limit(new Money(row.getLong(limit)), new Money(row.getLong(used)));
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array.getArray();
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
