package tg.ecom.local.aws;

import java.util.BitSet;
import java.util.List;

/**
 * One field of a cron expression as a set of numbers: {@code *}, {@code 1,15}, {@code 9-17}, {@code 0/10}, {@code MON}.
 */
final class CronField {
    static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private CronField() {}

    /**
     * Reads a field.
     *
     * @param names what may stand for the numbers from 1 on
     * @throws IllegalArgumentException when it is malformed or out of bounds
     */
    static BitSet parse(String field, int least, int most, List<String> names) {
        BitSet numbers = new BitSet();
        for (String part : field.split(",", -1)) {
            add(numbers, part, least, most, names);
        }
        return numbers;
    }

    private static void add(BitSet numbers, String part, int least, int most, List<String> names) {
        String[] stepped = part.split("/", -1);
        String[] range = stepped[0].split("-", -1);
        boolean any = stepped[0].equals("*") || stepped[0].equals("?");
        int first = any ? least : number(range[0], least, most, names);
        int last = any || stepped.length > 1 ? most : first;
        if (range.length == 2) {
            last = number(range[1], least, most, names);
        }
        int step = stepped.length > 1 ? number(stepped[1], 1, most, List.of()) : 1;
        if (stepped.length > 2 || range.length > 2 || last < first) {
            throw new IllegalArgumentException("'" + part + "' is no range");
        }
        for (int number = first; number <= last; number += step) {
            numbers.set(number);
        }
    }

    private static int number(String text, int least, int most, List<String> names) {
        int name = names.indexOf(text);
        int number = name >= 0 ? name + 1 : text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("'" + text + "' is not between " + least + " and " + most);
        }
        return number;
    }
}
