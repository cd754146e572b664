package tg.ecom.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Between whom a posting is, by the numbers of their wallets: the first pays the others. Who draws with the same seed
 * draws the same, so that all contenders have the same wallets. Nobody stands in a posting twice.
 */
@FunctionalInterface
interface Parties {
    /** What each client's number is added to. */
    long SEED = 20_261_130;

    /** The next posting's. */
    int[] next(RandomGenerator random);

    /** What a client of that number draws, one after the other, whoever it is a client of. */
    default Supplier<int[]> drawnBy(int client) {
        RandomGenerator random = new SplittableRandom(SEED + client);
        return () -> next(random);
    }

    /** The same with each client among wallets of its own: so many further on for each client before it. */
    default Parties apart(int wallets) {
        Parties alike = this;
        return new Parties() {
            @Override
            public int[] next(RandomGenerator random) {
                return alike.next(random);
            }

            @Override
            public Supplier<int[]> drawnBy(int client) {
                Supplier<int[]> drawn = alike.drawnBy(client);
                return () -> Arrays.stream(drawn.get())
                        .map(number -> number + client * wallets)
                        .toArray();
            }
        };
    }

    /** One pays another, both any of so many. */
    static Parties amongst(int wallets) {
        return random -> {
            int payer = random.nextInt(wallets);
            return new int[] {payer, another(payer, wallets, random)};
        };
    }

    /** One of so many pays several others of them. */
    static Parties toSeveral(int payees, int wallets) {
        return random -> {
            Set<Integer> drawn = new LinkedHashSet<>();
            while (drawn.size() < 1 + payees) {
                drawn.add(random.nextInt(wallets));
            }
            return drawn.stream().mapToInt(Integer::intValue).toArray();
        };
    }

    /** Any of so many pay one who is not of them. */
    static Parties allTo(int receiver, int payers) {
        return random -> new int[] {random.nextInt(payers), receiver};
    }

    private static int another(int one, int wallets, RandomGenerator random) {
        int drawn = random.nextInt(wallets - 1);
        return drawn < one ? drawn : drawn + 1;
    }
}
