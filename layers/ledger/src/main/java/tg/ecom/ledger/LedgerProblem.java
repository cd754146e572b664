package tg.ecom.ledger;

import java.util.Locale;
import java.util.Map;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.WalletId;

/** Why the ledger refused. Nothing has moved, and an idempotency key may be tried again. */
public sealed interface LedgerProblem extends Problem {
    /** Which of the ledger's rules was broken. */
    LedgerRule broken();

    @Override
    default Rule rule() {
        return broken().rule();
    }

    /** The key was used for another request. */
    record IdempotencyKeyReused() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.IDEMPOTENCY_KEY_REUSED;
        }
    }

    /** An entry of zero, or beyond 10<sup>12</sup> francs. */
    record InvalidAmount() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.INVALID_AMOUNT;
        }
    }

    /** Fewer than two entries, or more than 10,000. */
    record InvalidPosting() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.INVALID_POSTING;
        }
    }

    /** A text or a time that comes with it can't be kept: a zero character, half of a pair, a year beyond 9999. */
    record InvalidDetails() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.INVALID_DETAILS;
        }
    }

    /** The entries do not sum to zero. */
    record Unbalanced() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.UNBALANCED;
        }
    }

    /** From a wallet to itself. */
    record SelfTransfer() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.SELF_TRANSFER;
        }
    }

    /** A wallet stands in the posting twice, or an entry was posted before. */
    record DuplicateEntry() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.DUPLICATE_ENTRY;
        }
    }

    /** The caller's session has been ended since the token was made. */
    record SessionRevoked() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.SESSION_REVOKED;
        }
    }

    /** There is no such wallet. */
    record UnknownWallet() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.UNKNOWN_WALLET;
        }
    }

    /** There is no such hold, or it pays for none of the entries. */
    record UnknownHold() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.UNKNOWN_HOLD;
        }
    }

    /** There is no such transfer. */
    record UnknownTransfer() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.UNKNOWN_TRANSFER;
        }
    }

    /** The wallet is in another currency. */
    record CurrencyMismatch(WalletId wallet) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.CURRENCY_MISMATCH;
        }
    }

    /** The wallet takes part in nothing any more. */
    record WalletClosed(WalletId wallet) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.WALLET_CLOSED;
        }
    }

    /** The wallet takes money in and lets none out. */
    record WalletFrozen(WalletId wallet) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.WALLET_FROZEN;
        }
    }

    /**
     * A wallet closes only at zero.
     *
     * @param wallet which
     * @param balance what is in it
     */
    record WalletNotEmpty(WalletId wallet, Money balance) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.WALLET_NOT_EMPTY;
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("balance", balance.amount());
        }
    }

    /** A wallet that many pay into without a lock is never closed: a payment may be on its way. */
    record WalletAccumulates(WalletId wallet) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.WALLET_ACCUMULATES;
        }
    }

    /** The hold has been captured, released or expired. */
    record HoldClosed() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.HOLD_CLOSED;
        }
    }

    /** The hold's time is over. */
    record HoldExpired() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.HOLD_EXPIRED;
        }
    }

    /**
     * More than the hold has left.
     *
     * @param left what it has
     */
    record HoldExceeded(Money left) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.HOLD_EXCEEDED;
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("left", left.amount());
        }
    }

    /** The transfer has been undone before. */
    record AlreadyReversed() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.ALREADY_REVERSED;
        }
    }

    /** The transfer undoes another itself; what it undid can only be posted anew. */
    record NotReversible() implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.NOT_REVERSIBLE;
        }
    }

    /**
     * More than the wallet can spend.
     *
     * @param wallet which
     * @param available what it can spend: its balance less what is held
     */
    record InsufficientFunds(WalletId wallet, Money available) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.INSUFFICIENT_FUNDS;
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("available", available.amount());
        }
    }

    /**
     * More than the KYC tier of the wallet's owner allows.
     *
     * @param wallet whose owner
     * @param which which limit
     * @param limit how much it is
     * @param left how much of it is unused
     */
    record LimitExceeded(WalletId wallet, Limit which, Money limit, Money left) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.LIMIT_EXCEEDED;
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("which", which.code(), "limit", limit.amount(), "left", left.amount());
        }
    }

    /**
     * The wallet would hold more than its owner's tier allows. How much more it could take is not said: the payer would
     * learn what the other has.
     *
     * @param wallet which
     */
    record BalanceCapExceeded(WalletId wallet) implements LedgerProblem {
        @Override
        public LedgerRule broken() {
            return LedgerRule.BALANCE_CAP_EXCEEDED;
        }
    }

    /** What is limited, of what a person spends or reloads. */
    enum Limit {
        SINGLE,
        DAILY,
        MONTHLY,
        RELOAD;

        /** The name in the API and in SQL. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Limit of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
