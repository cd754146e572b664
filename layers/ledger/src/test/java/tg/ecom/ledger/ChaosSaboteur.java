package tg.ecom.ledger;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Ends connections from either side, has the server die, and turns the clock on, all without asking. */
final class ChaosSaboteur implements Runnable {
    private static final Duration PAUSE_MIN = Duration.ofMillis(20);
    private static final Duration PAUSE_MAX = Duration.ofMillis(200);
    private static final Duration BETWEEN_DEATHS = Duration.ofMillis(1_500);
    static final Duration TURN_OF_THE_CLOCK = Duration.ofHours(5);
    private static final int TURN_ONE_IN = 3;
    private static final int AT_ONCE_MAX = 4;

    private final ChaosServer server;
    private final ChaosNetwork network;
    private final Books books;
    private final ChaosStorm storm;
    private final Random random;
    private int deaths;

    ChaosSaboteur(ChaosServer server, ChaosNetwork network, Books books, ChaosStorm storm, long seed) {
        this.server = server;
        this.network = network;
        this.books = books;
        this.storm = storm;
        this.random = new Random(seed);
    }

    /** Goes on until the storm is over. */
    @Override
    public void run() {
        try {
            long lastDeathNanos = System.nanoTime();
            while (!storm.isOver()) {
                LockSupport.parkNanos(random.nextLong(PAUSE_MIN.toNanos(), PAUSE_MAX.toNanos()));
                if (System.nanoTime() - lastDeathNanos > BETWEEN_DEATHS.toNanos()) {
                    die();
                    lastDeathNanos = System.nanoTime();
                } else {
                    terminateSome();
                    cutSome();
                }
                if (random.nextInt(TURN_ONE_IN) == 0) {
                    turnTheClock();
                }
            }
        } catch (RuntimeException | AssertionError failed) {
            storm.fail();
            throw failed;
        }
    }

    /** Of each kind in turn. */
    private void die() {
        ChaosServer.Death[] kinds = ChaosServer.Death.values();
        ChaosServer.Death death = kinds[deaths % kinds.length];
        if (server.restart(death)) {
            deaths++;
            storm.saw(ChaosSight.of(death));
        }
    }

    private void turnTheClock() {
        YearMonth before = month();
        books.advance(TURN_OF_THE_CLOCK);
        if (!before.equals(month())) {
            storm.saw(ChaosSight.MONTH_ENDED);
        }
    }

    private YearMonth month() {
        return YearMonth.from(books.now().atZone(Ledger.LOME));
    }

    private void terminateSome() {
        List<Long> backends = server.backends();
        for (int i = random.nextInt(AT_ONCE_MAX + 1); i > 0 && !backends.isEmpty(); i--) {
            if (server.terminate(backends.get(random.nextInt(backends.size())))) {
                storm.saw("terminated");
            }
        }
    }

    private void cutSome() {
        for (int i = random.nextInt(AT_ONCE_MAX + 1); i > 0; i--) {
            if (network.cutOne(random)) {
                storm.saw("cut");
            }
        }
    }
}
