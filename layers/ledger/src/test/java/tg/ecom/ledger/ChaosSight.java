package tg.ecom.ledger;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tg.ecom.ledger.ChaosAttempt.Answer;
import tg.ecom.ledger.ChaosRequest.Act;

/** Names for what can be seen in a storm. */
final class ChaosSight {
    /** What had been done when it was not answered, as the same key then told. */
    static final String ANSWERED_LATER = "answered later";

    static final String MONTH_ENDED = "month ended";

    private static final Set<LedgerRule> RULES = Set.of(
            LedgerRule.IDEMPOTENCY_KEY_REUSED,
            LedgerRule.INVALID_AMOUNT,
            LedgerRule.SELF_TRANSFER,
            LedgerRule.SESSION_REVOKED,
            LedgerRule.UNKNOWN_WALLET,
            LedgerRule.WALLET_FROZEN,
            LedgerRule.HOLD_CLOSED,
            LedgerRule.HOLD_EXPIRED,
            LedgerRule.HOLD_EXCEEDED,
            LedgerRule.ALREADY_REVERSED,
            LedgerRule.NOT_REVERSIBLE,
            LedgerRule.INSUFFICIENT_FUNDS,
            LedgerRule.LIMIT_EXCEEDED,
            LedgerRule.BALANCE_CAP_EXCEEDED);

    private ChaosSight() {}

    static String of(ChaosRequest request, Answer answer) {
        return switch (answer) {
            case Answer.Posted posted -> again(posted.posted().replayed(), posted(request.act()));
            case Answer.Held held -> again(held.held().replayed(), held(request.act()));
            case Answer.Refused refused -> of(refused.rule());
            case Answer.Done _ -> request.act() instanceof Act.Freeze freeze && freeze.on() ? "frozen" : "done";
            case Answer.Lost _ -> "not answered";
        };
    }

    static String of(ChaosServer.Death death) {
        return "died: " + death;
    }

    /** All that a storm must have had in it. */
    static Set<String> wanted() {
        return Stream.of(
                        RULES.stream().map(ChaosSight::of),
                        Stream.of(ChaosServer.Death.values()).map(ChaosSight::of),
                        Stream.of(
                                "posted",
                                "captured",
                                "reversed",
                                "posted before",
                                "held",
                                "held before",
                                "released",
                                "frozen",
                                "sealed",
                                "not answered",
                                ANSWERED_LATER,
                                MONTH_ENDED,
                                "terminated",
                                "cut"))
                .flatMap(sights -> sights)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String again(boolean isReplayed, String what) {
        return isReplayed ? what + " before" : what;
    }

    private static String of(LedgerRule rule) {
        return "refused: " + rule.rule().code();
    }

    private static String posted(Act act) {
        return switch (act) {
            case Act.Capture _ -> "captured";
            case Act.Reverse _ -> "reversed";
            case Act.Pay _, Act.Promise _, Act.Release _, Act.Expire _, Act.Freeze _ -> "posted";
        };
    }

    private static String held(Act act) {
        return act instanceof Act.Release ? "released" : "held";
    }
}
