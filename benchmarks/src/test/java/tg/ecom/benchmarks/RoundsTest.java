package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void median_isTheOneInTheMiddle_whateverTheOrder() {
        assertEquals(3, Rounds.of(List.of(9, 1, 3)).median());
        assertEquals(7, Rounds.of(List.of(7)).median());
    }

    @Test
    void medianOfAnEvenNumber_isTheLowerOfTheTwo_soThatItWasMeasured() {
        assertEquals(2, Rounds.of(List.of(8, 2, 1, 3)).median());
    }

    @Test
    void ratio_isOfFiguresOfTheSameRound() {
        Rounds ours = Rounds.of(List.of(10, 30, 20));
        Rounds theirs = Rounds.of(List.of(1, 10, 4));
        assertEquals(List.of(10.0, 3.0, 5.0), ours.by(theirs).values());
        assertEquals(5, ours.by(theirs).median());
        Rounds fewer = Rounds.of(List.of(1));
        assertThrows(IllegalArgumentException.class, () -> ours.by(fewer));
    }

    @Test
    void spread_isToldWhereThereIsOne() {
        assertEquals("2.5 (1.0 to 1,000.0)", Rounds.of(List.of(1, 1000, 2.5)).told(1));
        assertEquals("4", Rounds.of(List.of(4, 4, 4)).told(0));
    }

    @Test
    void noRounds_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> Rounds.of(List.of()));
    }

    @Test
    void percentile_isTheValueThatSoManyLieBelow() {
        double[] figures = {5, 1, 4, 2, 3};
        assertEquals(3, Rounds.percentile(figures, 0.5));
        assertEquals(1, Rounds.percentile(figures, 0));
        assertEquals(5, Rounds.percentile(figures, 0.99));
        assertEquals(5, Rounds.percentile(figures, 1));
        assertEquals(5, figures[0], "the figures stay as they are");
    }
}
