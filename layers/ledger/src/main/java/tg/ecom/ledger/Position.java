package tg.ecom.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.kernel.Cursor;

/**
 * A place in a wallet's list of transactions.
 *
 * @param sequence an entry's number in its wallet, or the number of entries that there were when a payment began
 * @param place among what has the same sequence: nothing for the entry, which is the oldest of them, or a payment's id
 */
record Position(long sequence, UUID place) {
    private static final UUID ENTRY = new UUID(0, 0);
    private static final Pattern KEY = Pattern.compile("([0-9]{1,18})(?:/([0-9a-f-]{36}))?");

    /** Before everything. */
    static final Position FIRST = new Position(Long.MAX_VALUE, ENTRY);

    /** After everything. */
    private static final Position LAST = new Position(0, ENTRY);

    /** Where a page ended. A cursor that is none of ours is at the end, where the page is empty. */
    static Position of(Cursor cursor) {
        Matcher key = KEY.matcher(cursor.key());
        if (!key.matches()) {
            return LAST;
        }
        try {
            UUID place = Optional.ofNullable(key.group(2)).map(UUID::fromString).orElse(ENTRY);
            return new Position(Long.parseLong(key.group(1)), place);
        } catch (IllegalArgumentException notOurs) {
            return LAST;
        }
    }

    /** The number that entries after it are below: an entry comes after the payments of its sequence. */
    long entriesBefore() {
        return place.equals(ENTRY) ? sequence : sequence + 1;
    }

    Cursor cursor() {
        return new Cursor(place.equals(ENTRY) ? Long.toString(sequence) : sequence + "/" + place);
    }
}
