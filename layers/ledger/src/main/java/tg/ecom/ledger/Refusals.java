package tg.ecom.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.WalletId;

/** Reads why a function of SQL that judges by the ledger's rules refused. */
public final class Refusals {
    private Refusals() {}

    /**
     * What was refused.
     *
     * @param row with the columns refusal, refused_wallet_id, cap, cap_amount and remaining, the first not null
     */
    public static LedgerProblem read(ResultSet row) throws SQLException {
        UUID refused = row.getObject("refused_wallet_id", UUID.class);
        WalletId wallet = refused == null ? null : new WalletId(refused);
        return switch (LedgerRule.of(row.getString("refusal"))) {
            case IDEMPOTENCY_KEY_REUSED -> new LedgerProblem.IdempotencyKeyReused();
            case INVALID_AMOUNT -> new LedgerProblem.InvalidAmount();
            case INVALID_POSTING -> new LedgerProblem.InvalidPosting();
            case INVALID_DETAILS -> new LedgerProblem.InvalidDetails();
            case UNBALANCED -> new LedgerProblem.Unbalanced();
            case SELF_TRANSFER -> new LedgerProblem.SelfTransfer();
            case DUPLICATE_ENTRY -> new LedgerProblem.DuplicateEntry();
            case SESSION_REVOKED -> new LedgerProblem.SessionRevoked();
            case UNKNOWN_WALLET -> new LedgerProblem.UnknownWallet();
            case UNKNOWN_HOLD -> new LedgerProblem.UnknownHold();
            case UNKNOWN_TRANSFER -> new LedgerProblem.UnknownTransfer();
            case CURRENCY_MISMATCH -> new LedgerProblem.CurrencyMismatch(wallet);
            case WALLET_CLOSED -> new LedgerProblem.WalletClosed(wallet);
            case WALLET_FROZEN -> new LedgerProblem.WalletFrozen(wallet);
            case WALLET_NOT_EMPTY -> new LedgerProblem.WalletNotEmpty(wallet, new Money(row.getLong("remaining")));
            case WALLET_ACCUMULATES -> new LedgerProblem.WalletAccumulates(wallet);
            case HOLD_CLOSED -> new LedgerProblem.HoldClosed();
            case HOLD_EXPIRED -> new LedgerProblem.HoldExpired();
            case HOLD_EXCEEDED -> new LedgerProblem.HoldExceeded(new Money(row.getLong("remaining")));
            case ALREADY_REVERSED -> new LedgerProblem.AlreadyReversed();
            case NOT_REVERSIBLE -> new LedgerProblem.NotReversible();
            case INSUFFICIENT_FUNDS -> new LedgerProblem.InsufficientFunds(wallet, new Money(row.getLong("remaining")));
            case LIMIT_EXCEEDED ->
                new LedgerProblem.LimitExceeded(
                        wallet,
                        LedgerProblem.Limit.of(row.getString("cap")),
                        new Money(row.getLong("cap_amount")),
                        new Money(row.getLong("remaining")));
            case BALANCE_CAP_EXCEEDED -> new LedgerProblem.BalanceCapExceeded(wallet);
        };
    }
}
