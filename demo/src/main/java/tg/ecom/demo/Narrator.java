package tg.ecom.demo;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import tg.ecom.client.Answer;

/** Tells a story in the terminal, a line a step. */
public final class Narrator {
    private static final int CALL_WIDTH = 44;
    private static final int ERROR_STATUS = 400;
    private static final String ESCAPE = "\033[";

    /** How a piece of text looks, by ANSI's numbers. */
    private enum Look {
        BOLD(1),
        DIM(2),
        RED(31),
        GREEN(32),
        YELLOW(33),
        CYAN(36);

        private final int number;

        Look(int number) {
            this.number = number;
        }
    }

    private final PrintStream out;
    private final boolean coloured;

    /** Writes to a stream, with colours where they can be seen. */
    public Narrator(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Tells nobody. */
    public static Narrator silent() {
        return new Narrator(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
    }

    /** What the story is called, and where it is played. */
    void title(String name, String where) {
        out.printf("%n  %s%n  %s%n", look(Look.BOLD, name), look(Look.DIM, where));
    }

    /** A chapter begins. */
    void chapter(int number, String name) {
        out.printf("%n %s  %s%n", look(Look.CYAN, String.format(Locale.ROOT, "%2d", number)), look(Look.BOLD, name));
    }

    /** A sentence between two steps. */
    void say(String sentence) {
        out.println("     " + look(Look.DIM, sentence));
    }

    /** A request, its status, and what that means. */
    void call(Answer answer, String meaning) {
        call(answer.call(), answer.status(), meaning);
    }

    private void call(String call, int status, String meaning) {
        String shown = call.replaceFirst("/[0-9a-f]{8}-[0-9a-f-]{27}", "/…").replaceFirst("\\?.*", "?…");
        out.printf(
                "     %-" + CALL_WIDTH + "s %s  %s%n",
                shown,
                look(status < ERROR_STATUS ? Look.GREEN : Look.YELLOW, Integer.toString(status)),
                meaning);
    }

    /** A text message that somebody got. */
    void sms(String who, String text) {
        out.printf("     %s %s%n", look(Look.YELLOW, "✉ " + who + ":"), text);
    }

    /** Time goes by. */
    void timePasses(Duration time, String why) {
        out.printf("     %s %s%n", look(Look.YELLOW, "◷ " + words(time) + " later:"), why);
    }

    /** Something that was looked at, and is so. */
    void holds(String what) {
        out.printf("     %s %s%n", look(Look.GREEN, "✓"), what);
    }

    /** A line of a table. */
    void row(String what, String middle, String last) {
        out.printf("     %-34s %26s %16s%n", what, middle, last);
    }

    /** An end. */
    void end(boolean well, String sentence) {
        out.printf("%n  %s %s%n%n", well ? look(Look.GREEN, "✓") : look(Look.RED, "✗"), look(Look.BOLD, sentence));
    }

    private static String words(Duration time) {
        String seconds = time.toSecondsPart() + (time.toSecondsPart() == 1 ? " second" : " seconds");
        return time.toMinutes() == 0 ? seconds : time.toMinutes() + " minutes and " + seconds;
    }

    private String look(Look look, String text) {
        return coloured ? ESCAPE + look.number + "m" + text + ESCAPE + "0m" : text;
    }
}
