package tg.ecom.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * What PostgreSQL can keep. Java knows texts and times that it can't: it would answer with an error, and end the
 * transaction around it, where everything else that is wrong gets a refusal.
 */
final class Keepable {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Keepable() {}

    static boolean details(Posting.Details details) {
        return details.description().map(Keepable::text).orElse(true)
                && details.externalReference().map(Keepable::text).orElse(true)
                && details.effectiveAt().map(Keepable::moment).orElse(true)
                && told(details.metadata());
    }

    /** Neither a zero character nor half of a pair. */
    static boolean text(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    static boolean moment(Instant moment) {
        return moment.equals(nearest(moment));
    }

    /** The nearest moment that can be kept: who asks for what was before or after it sees no difference. */
    static Instant nearest(Instant moment) {
        if (moment.isBefore(FIRST)) {
            return FIRST;
        }
        return moment.isAfter(LAST) ? LAST : moment;
    }

    private static boolean told(Object value) {
        return switch (value) {
            case CharSequence text -> text(text.toString());
            case Map<?, ?> members ->
                members.keySet().stream().allMatch(Keepable::told)
                        && members.values().stream().allMatch(Keepable::told);
            case Iterable<?> items -> {
                boolean all = true;
                for (Object item : items) {
                    all &= told(item);
                }
                yield all;
            }
            case null, default -> true;
        };
    }
}
