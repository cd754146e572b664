package tg.ecom.local;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tg.ecom.local.aws.Account;

/**
 * The options of {@code ./ecom replay}.
 *
 * @param queue the name of a queue of dead letters, or of a queue that has one
 * @param endpoint where SQS is; nothing for the region's own, in the cloud
 * @param region the queue's region
 */
record ReplayOptions(String queue, Optional<URI> endpoint, String region) {
    private static final String LOCAL = "http://127.0.0.1:%d/_aws";
    private static final int PORT_DEFAULT = 8080;

    /** Reads a command line. @throws UsageException for what can't be used */
    static ReplayOptions parse(List<String> arguments) {
        Optional<String> queue = Optional.empty();
        Optional<URI> endpoint = Optional.empty();
        Optional<String> region = Optional.empty();
        OptionReader rest = new OptionReader(arguments);
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--port" -> endpoint = Optional.of(URI.create(LOCAL.formatted(rest.port(argument))));
                case "--endpoint" -> endpoint = Optional.of(address(rest.value(argument)));
                case "--region" -> region = Optional.of(rest.value(argument));
                default -> {
                    if (argument.startsWith("-") || queue.isPresent()) {
                        throw new UsageException("./ecom replay takes one queue, and no " + argument
                                + "; ./ecom help lists its options.");
                    }
                    queue = Optional.of(argument);
                }
            }
        }
        if (endpoint.isEmpty() && region.isEmpty()) {
            endpoint = Optional.of(URI.create(LOCAL.formatted(PORT_DEFAULT)));
        }
        return new ReplayOptions(
                queue.orElseThrow(() -> new UsageException("./ecom replay needs the name of a queue.")),
                endpoint,
                region.orElse(Account.REGION));
    }

    private static URI address(String text) {
        if (!text.matches("https?://\\S+")) {
            throw new UsageException(
                    "--endpoint takes an address such as http://127.0.0.1:8080/_aws, not " + text + ".");
        }
        return URI.create(text);
    }
}
