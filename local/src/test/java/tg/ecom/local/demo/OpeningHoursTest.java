package tg.ecom.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {
    @Test
    void daysAndSpans_areAsTheApiShowsThem() {
        OpeningHours hours = OpeningHours.parse(Map.of("friday-saturday", "07:30-12:00 18:00-02:00"));
        assertEquals(2, hours.json().size());
        assertEquals(
                "[{\"from\":\"07:30\",\"to\":\"12:00\"},{\"from\":\"18:00\",\"to\":\"02:00\"}]",
                hours.json().path("saturday").toString());
        assertEquals(
                hours.json().path("friday").toString(),
                hours.json().path("saturday").toString());
        assertFalse(hours.isAlwaysOpen());
    }

    @Test
    void everyWholeDay_isAlways_andADayLessIsNot() {
        assertTrue(OpeningHours.parse(Map.of("monday-sunday", "00:00-24:00")).isAlwaysOpen());
        assertFalse(OpeningHours.parse(Map.of("monday-saturday", "00:00-24:00")).isAlwaysOpen());
        assertFalse(OpeningHours.parse(Map.of()).isAlwaysOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "monday, ''",
        "monday, 7:30-12:00",
        "monday, 07:30-25:00",
        "monday, 24:00-07:30",
        "monday, 07:30",
        "monday, '07:30-12:00  14:00-18:00'",
        "lundi, 07:30-12:00",
        "Monday, 07:30-12:00",
        "sunday-monday, 07:30-12:00",
        "'', 07:30-12:00"
    })
    void whatIsNoHours_isRefused(String days, String spans) {
        assertThrows(IllegalArgumentException.class, () -> OpeningHours.parse(Map.of(days, spans)));
    }

    @Test
    void dayThatIsNamedTwice_isRefused() {
        Map<String, String> twice = new LinkedHashMap<>();
        twice.put("monday-friday", "07:30-12:00");
        twice.put("friday", "14:00-18:00");
        assertThrows(IllegalArgumentException.class, () -> OpeningHours.parse(twice));
    }
}
