package tg.ecom.ledger;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;

/** The one statement that places a hold: ledger.hold with everything it needs. */
final class HoldStatement {
    private HoldStatement() {}

    static HoldResult run(
            Handle handle, HoldRequest request, Optional<Caller> caller, InstantSource clock, ZoneId zone) {
        Query query = handle.createQuery(LedgerSql.HOLD)
                .bind("hold_id", new HoldId(Uuid7.next(clock)))
                .bind("wallet_id", request.wallet())
                .bind("amount", request.amount())
                .bind("category", request.category().code())
                .bind("related_service_id", request.relatedService().orElse(null))
                .bind("expires_at", request.expiresAt())
                .bind("currency", Money.CURRENCY)
                .bind("at", clock.instant())
                .bind("zone", zone.getId());
        return CallerBinding.bind(query, caller)
                .map((row, context) -> LedgerRows.hold(row))
                .one();
    }
}
