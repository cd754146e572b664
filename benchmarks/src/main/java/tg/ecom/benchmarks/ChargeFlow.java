package tg.ecom.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.client.Person;
import tg.ecom.local.usage.Counts;
import tg.ecom.local.usage.Item;

/** A recharge by YAS. */
final class ChargeFlow implements Flow {
    /** So many, since an access token lives for 15 minutes and each charge moves the clock. */
    private static final int CHARGES_A_PERSON = 8;

    private static final long AMOUNT = 500;
    private static final int TRANSITIONS_MAX = 6;
    private static final int INVOCATIONS_MAX = 5;

    /** By then the payer has approved. */
    private static final Duration APPROVED = Duration.ofSeconds(3);

    /** By then the question that was asked at the beginning, should no webhook come, is due. */
    private static final Duration QUESTION_DUE = Duration.ofSeconds(16);

    private Optional<Person> payer = Optional.empty();
    private int done;

    @Override
    public String name() {
        return "charge";
    }

    @Override
    public String one() {
        return "a charge";
    }

    @Override
    public String summary() {
        return "what a recharge by YAS that goes well uses of the cloud, priced at AWS's list";
    }

    @Override
    public String title() {
        return "A charge by YAS that goes well, its payer approving at once";
    }

    /** The clock is moved where it would wait. */
    @Override
    public Sample run(MeteredCloud cloud) {
        App app = cloud.app();
        Person person = payer(app);
        cloud.passTheMinute();
        int payments = paymentsInBooks(app, person);
        Counts before = cloud.counts();
        String id = app.post(person, "/api/wallet/recharge", Map.of("amount", AMOUNT, "payment_method", "yas"))
                .path("recharge_id")
                .asText();
        Waiting.until("YAS was asked", () -> paymentsInBooks(app, person) > payments);
        cloud.awaitQuiet();
        app.advance(APPROVED);
        app.awaitEnd(id);
        // Else what is being told of it would be taken for lost, and told again.
        cloud.awaitQuiet();
        app.advance(QUESTION_DUE);
        cloud.awaitConsumed();
        Counts after = cloud.counts();
        String status =
                app.get(person, "/api/wallet/recharges/" + id).path("status").asText();
        if (!status.equals("succeeded")) {
            throw new BenchmarkFailure("The charge " + id + " did not go well: it is " + status + ".");
        }
        return Sample.between(before, after, cloud.counts());
    }

    @Override
    public List<Bar> bars(FlowReport report) {
        return List.of(
                Bar.atMost(
                        "state transitions of a charge",
                        report.each(Item.STATE_TRANSITIONS).highest(),
                        TRANSITIONS_MAX),
                Bar.atMost(
                        "Lambda invocations of a charge",
                        report.each(Item.INVOCATIONS).highest(),
                        INVOCATIONS_MAX));
    }

    private Person payer(App app) {
        if (done++ % CHARGES_A_PERSON == 0) {
            payer = Optional.of(app.signUp("client"));
        }
        return payer.orElseThrow();
    }

    private static int paymentsInBooks(App app, Person person) {
        return app.get("/_local/operators/yas/statement?phone=" + person.phone())
                .path("items")
                .size();
    }
}
