package tg.ecom.ledger;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

/** The example in the README, asked of a real ledger. */
class ReadmeTest {
    private static final String ARROW = "→";

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Map<String, Caller> people = new LinkedHashMap<>();
    private Optional<HoldId> hold = Optional.empty();
    private Optional<TransferId> last = Optional.empty();

    @Test
    void example_isWhatTheLedgerAnswers() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String example =
                readme.substring(readme.indexOf("```text\n") + "```text\n".length(), readme.lastIndexOf("```"));

        String answered = example.lines()
                .map(line -> line.substring(0, line.indexOf(ARROW)))
                .map(asked -> asked + ARROW + " " + answer(List.of(asked.strip().split(" "))) + "\n")
                .collect(joining());

        assertEquals(example, answered);
    }

    private String answer(List<String> words) {
        String name = words.size() > 1 ? words.get(1) : "";
        return switch (words.getFirst()) {
            case "open" -> open(name);
            case "fund" -> told(ledger.post(Posting.funding(PaymentMethod.YAS, wallet(name), amount(words, 2))));
            case "check" -> told(ledger.check(transfer(words), people.get(name)));
            case "transfer" -> moved(ledger.post(transfer(words), people.get(name)));
            case "hold" -> held(name, amount(words, 2));
            case "capture" -> moved(ledger.capture(fare(words), new Posting.Capture(hold.orElseThrow(), true)));
            case "reverse" -> told(ledger.reverse(last.orElseThrow(), "erreur"));
            case "freeze" -> told(name, ledger.freeze(wallet(name)));
            case "close" -> told(name, ledger.close(wallet(name)));
            case "statement" -> statement(name);
            case "used" -> used(name);
            case "verify" -> verified();
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    private String open(String name) {
        people.put(name, books.person(name));
        return name + " " + balance(wallet(name));
    }

    private String held(String name, Money amount) {
        hold = Optional.of(ledger.hold(
                        new HoldRequest(
                                wallet(name),
                                amount,
                                Category.TRANSPORT,
                                books.now().plusSeconds(600),
                                Optional.empty()),
                        people.get(name))
                .orThrow()
                .hold()
                .id());
        Balance balance = ledger.balance(wallet(name)).orElseThrow();
        return "%s %d, of which %d held"
                .formatted(name, balance.balance().amount(), balance.held().amount());
    }

    private String moved(PostingResult result) {
        if (result instanceof Posted posted) {
            last = Optional.of(posted.transfer());
        }
        return told(result);
    }

    private String told(PostingResult result) {
        return switch (result) {
            case Posted posted -> balances(posted);
            case PostingResult.Refused refused -> told(refused.problem());
        };
    }

    private static String told(String name, StatusResult result) {
        return switch (result) {
            case StatusResult.Done done -> name + " " + done.status().code();
            case StatusResult.Refused refused -> told(refused.problem());
        };
    }

    private static String told(LedgerProblem problem) {
        return problem.rule().code() + " " + new TreeMap<>(problem.members());
    }

    private String balances(Posted posted) {
        Map<String, Long> balances = new LinkedHashMap<>();
        people.forEach((name, person) -> posted.entries().stream()
                .filter(entry -> entry.wallet().equals(person.wallet()))
                .findFirst()
                .ifPresent(entry ->
                        balances.put(name, entry.balanceAfter().orElseThrow().amount())));
        for (EcomWallet own : EcomWallet.values()) {
            if (posted.entries().stream().anyMatch(entry -> entry.wallet().equals(own.id()))) {
                balances.put(own.name().toLowerCase(Locale.ROOT), books.seals().balance(own.id()));
            }
        }
        return balances.entrySet().stream()
                .map(balance -> balance.getKey() + " " + balance.getValue())
                .collect(joining(", "));
    }

    private String statement(String name) {
        return ledger.transactions(TransactionQuery.newest(wallet(name), 20)).items().stream()
                .map(item -> "%s%d = %d"
                        .formatted(
                                item.type() == Transaction.Type.CREDIT ? "+" : "-",
                                item.amount().amount(),
                                item.balanceAfter().orElseThrow().amount()))
                .collect(joining(", "));
    }

    private String used(String name) {
        Balance.Limit daily =
                ledger.balance(wallet(name)).orElseThrow().limits().daily();
        return "%d of %d today".formatted(daily.used().amount(), daily.limit().amount());
    }

    private String verified() {
        Verification verification = books.verify();
        return "%s, %d transfers, %d entries, sum %d"
                .formatted(
                        verification.ok() ? "ok" : verification.differences(),
                        verification.transfers(),
                        verification.entries(),
                        verification.sum());
    }

    private Posting transfer(List<String> words) {
        return Posting.transfer(wallet(words.get(1)), wallet(words.get(2)), amount(words, 3));
    }

    /** What the first pays and the other gets; the rest is commission. */
    private Posting fare(List<String> words) {
        Money fare = amount(words, 2);
        Money share = amount(words, 4);
        return Posting.payment(List.of(
                Entry.debit(wallet(words.get(1)), fare, Category.TRANSPORT),
                Entry.credit(wallet(words.get(3)), share, Category.TRANSPORT),
                Entry.credit(EcomWallet.COMMISSION.id(), fare.minus(share), Category.COMMISSION)));
    }

    private long balance(WalletId wallet) {
        return ledger.balance(wallet).orElseThrow().balance().amount();
    }

    private WalletId wallet(String name) {
        return people.get(name).wallet();
    }

    private static Money amount(List<String> words, int place) {
        return new Money(Long.parseLong(words.get(place)));
    }
}
