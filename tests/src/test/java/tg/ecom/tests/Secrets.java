package tg.ecom.tests;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What a test sent or got that no log may name: passwords, codes, tokens and phones. */
final class Secrets {
    private static final String ALNUM = "[0-9A-Za-z]";

    private final Set<String> all = ConcurrentHashMap.newKeySet();

    void add(String secret) {
        all.add(secret);
    }

    void forget() {
        all.clear();
    }

    Set<String> all() {
        return Set.copyOf(all);
    }

    /** Whether the text has it as a word of its own: six digits of a longer number are no code. */
    static boolean standsIn(String text, String secret) {
        return text.contains(secret)
                && Pattern.compile("(?<!" + ALNUM + ")" + Pattern.quote(secret) + "(?!" + ALNUM + ")")
                        .matcher(text)
                        .find();
    }
}
