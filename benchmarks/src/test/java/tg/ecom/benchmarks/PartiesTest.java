package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartiesTest {
    private static final int DRAWS = 2_000;

    @Test
    void amongstFew_everybodyPaysEverybodyElse_andNobodyThemselves() {
        Set<String> drawn = new HashSet<>();
        Supplier<int[]> parties = Parties.amongst(3).drawnBy(0);
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn.add(Arrays.toString(parties.get()));
        }
        assertEquals(Set.of("[0, 1]", "[0, 2]", "[1, 0]", "[1, 2]", "[2, 0]", "[2, 1]"), drawn);
    }

    @Test
    void apart_eachClientHasWalletsOfItsOwn() {
        Parties apart = Parties.toSeveral(2, 10).apart(10);
        for (int client = 0; client < 3; client++) {
            Supplier<int[]> drawn = apart.drawnBy(client);
            for (int i = 0; i < 100; i++) {
                for (int number : drawn.get()) {
                    assertEquals(client, number / 10);
                }
            }
        }
    }

    @Test
    void toSeveral_onePaysAsManyOthersOnceEach() {
        Supplier<int[]> parties = Parties.toSeveral(4, 7).drawnBy(0);
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] drawn = parties.get();
            assertEquals(5, Arrays.stream(drawn).distinct().count(), () -> Arrays.toString(drawn));
            assertTrue(Arrays.stream(drawn).allMatch(wallet -> wallet >= 0 && wallet < 7));
        }
    }

    @Test
    void allToOne_whoIsPaidNeverPays() {
        Supplier<int[]> parties = Parties.allTo(3, 3).drawnBy(0);
        Set<Integer> payers = new HashSet<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] drawn = parties.get();
            payers.add(drawn[0]);
            assertEquals(3, drawn[1]);
        }
        assertEquals(Set.of(0, 1, 2), payers);
    }

    @Test
    void everyContendersClientOfANumber_drawsTheSame_andAnotherClientOthers() {
        int[] first = several(Parties.amongst(10_000).drawnBy(5));
        assertArrayEquals(first, several(Parties.amongst(10_000).drawnBy(5)));
        assertFalse(Arrays.equals(first, several(Parties.amongst(10_000).drawnBy(6))));
    }

    private static int[] several(Supplier<int[]> parties) {
        return Stream.generate(parties).limit(20).flatMapToInt(Arrays::stream).toArray();
    }
}
