package tg.ecom.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tg.ecom.local.OptionReader;
import tg.ecom.local.UsageException;

/**
 * The options of {@code ./ecom bench ledger}.
 *
 * @param pgledger the SQL of pgledger, to be measured beside
 * @param entries how many the full tables have
 * @param seconds how long each is measured in a round
 * @param parts what is measured
 */
record LedgerOptions(Optional<Path> pgledger, int entries, int seconds, Set<Part> parts) {
    private static final int ENTRIES = 10_000_000;
    /** Fewer would not fill a page of everybody's statement. */
    private static final int ENTRIES_MIN = 200_000;

    private static final int ENTRIES_MAX = 100_000_000;
    private static final int SECONDS = 3;

    /** Longer rounds would meet the caps of whoever is paid by all. */
    private static final int SECONDS_MAX = 30;

    /** What can be measured by itself. */
    enum Part {
        /** Transfers between any two people. */
        RANDOM,
        /** Everybody pays one. */
        HOT,
        /** Postings to many at once. */
        BULK,
        /** Tables with millions of entries. */
        FULL;

        /** As it is asked for. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Part of(String option, String code) {
            return Arrays.stream(values())
                    .filter(part -> part.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(option + " takes "
                            + Arrays.stream(values()).map(Part::code).collect(Collectors.joining(", "))
                            + ", not " + code + "."));
        }
    }

    LedgerOptions {
        parts = Set.copyOf(parts);
    }

    /** Reads the options of a command line. @throws UsageException for what can't be used */
    static LedgerOptions parse(List<String> arguments) {
        Optional<Path> pgledger = Optional.empty();
        int entries = ENTRIES;
        int seconds = SECONDS;
        Set<Part> parts = EnumSet.noneOf(Part.class);
        OptionReader reader = new OptionReader(arguments);
        while (reader.hasNext()) {
            String option = reader.next();
            switch (option) {
                case "--pgledger" -> pgledger = Optional.of(readable(option, reader.value(option)));
                case "--entries" -> entries = reader.number(option, ENTRIES_MIN, ENTRIES_MAX);
                case "--seconds" -> seconds = reader.number(option, 1, SECONDS_MAX);
                case "--only" -> parts.add(Part.of(option, reader.value(option)));
                default ->
                    throw new UsageException(
                            "./ecom bench ledger has no option " + option + "; ./ecom help lists them.");
            }
        }
        return new LedgerOptions(pgledger, entries, seconds, parts.isEmpty() ? EnumSet.allOf(Part.class) : parts);
    }

    private static Path readable(String option, String text) {
        Path file = Path.of(text).toAbsolutePath();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException(option + " takes a file of SQL; " + file + " is none that can be read.");
        }
        return file;
    }
}
