package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.Ledger;
import tg.ecom.local.gateway.ToolRequest;

/**
 * {@code /_local/wallets}: every wallet with what is in it and under which name others see its holder; below it by id:
 * one with its entries. Phones are in neither, since the ledger does not know them.
 */
final class Wallets {
    private static final int PAGE_SIZE = 50;
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final JsonAnswers json = new JsonAnswers();
    private final LedgerReader ledger;
    private final Books books;
    private final InstantSource clock;

    Wallets(LedgerReader ledger, Books books, InstantSource clock) {
        this.ledger = ledger;
        this.books = books;
        this.clock = clock;
    }

    JsonNode answer(ToolRequest request) {
        if (!request.path().isEmpty()) {
            return one(wallet(request.path().substring(1)), request.parameter("cursor"));
        }
        return request.parameter("phone").map(this::withPhone).orElseGet(() -> page(request.parameter("cursor")));
    }

    private JsonNode withPhone(String text) {
        Phone phone = Phone.parse(text.strip()).orElseThrow(() -> new JsonAnswers.Refusal("That is no phone number."));
        ObjectNode answer = json.object();
        List<ObjectNode> found = books.holder(phone)
                .map(holder -> ledger.rows(
                        WalletSql.BY_ID, Map.of("wallet", holder.wallet().value())))
                .orElse(List.of());
        answer.putArray("items").addAll(found);
        return answer;
    }

    private JsonNode page(Optional<String> cursor) {
        UUID before = cursor.map(text -> id(key(text))).orElse(AFTER_ALL);
        List<ObjectNode> items = ledger.rows(WalletSql.NEWEST, Map.of("before", before, "count", PAGE_SIZE));
        ObjectNode answer = json.object();
        answer.putArray("items").addAll(items);
        answer.putArray("own").addAll(ledger.rows(WalletSql.OWN, Map.of("count", PAGE_SIZE)));
        if (items.size() == PAGE_SIZE) {
            answer.put(
                    "next_cursor", new Cursor(items.getLast().path("wallet_id").textValue()).encoded());
        }
        return answer;
    }

    private JsonNode one(UUID id, Optional<String> cursor) {
        ObjectNode answer = ledger.rows(WalletSql.WALLET, Map.of("wallet", id)).stream()
                .findFirst()
                .orElseThrow(() -> new JsonAnswers.NotFound("There is no wallet " + id + "."));
        Instant now = clock.instant();
        ledger.rows(
                        WalletSql.LIMITS,
                        Map.of(
                                "wallet",
                                id,
                                "at",
                                now,
                                "today",
                                now.atZone(Ledger.LOME).toLocalDate()))
                .forEach(limits -> answer.set("limits", limits));
        answer.putArray("holds").addAll(ledger.rows(WalletSql.HOLDS, Map.of("wallet", id, "count", PAGE_SIZE)));
        addEntries(answer, id, cursor.map(Place::read).orElse(Place.AFTER_ALL));
        return answer;
    }

    private void addEntries(ObjectNode wallet, UUID id, Place before) {
        boolean isPersonal = wallet.path("kind").textValue().equals("personal");
        List<ObjectNode> entries = ledger.rows(
                isPersonal ? WalletSql.ENTRIES_OF_PERSONAL : WalletSql.ENTRIES_OF_ACCUMULATING,
                Map.of("wallet", id, "place", before.number, "entry", before.entry, "count", PAGE_SIZE));
        wallet.putArray("entries").addAll(entries);
        if (entries.size() == PAGE_SIZE) {
            wallet.put("next_cursor", Place.of(entries.getLast()).encoded());
        }
    }

    private static UUID wallet(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw new JsonAnswers.NotFound("There is no wallet " + text + ".");
        }
    }

    private static String key(String cursor) {
        return Cursor.decode(cursor).map(Cursor::key).orElseThrow(Wallets::noCursor);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw noCursor();
        }
    }

    private static JsonAnswers.Refusal noCursor() {
        return new JsonAnswers.Refusal("That is no cursor.");
    }

    /** Where a page of entries ends: the entry's place in its wallet, and its id, since a transaction makes several. */
    private record Place(long number, UUID entry) {
        private static final Place AFTER_ALL = new Place(Long.MAX_VALUE, Wallets.AFTER_ALL);
        private static final Pattern KEY = Pattern.compile("([0-9]{1,18})/([0-9a-f-]{36})");

        private static Place of(JsonNode entry) {
            return new Place(
                    entry.path("place").longValue(),
                    UUID.fromString(entry.path("entry_id").textValue()));
        }

        private static Place read(String cursor) {
            Matcher key = KEY.matcher(key(cursor));
            if (!key.matches()) {
                throw noCursor();
            }
            return new Place(Long.parseLong(key.group(1)), id(key.group(2)));
        }

        private String encoded() {
            return new Cursor(number + "/" + entry).encoded();
        }
    }
}
