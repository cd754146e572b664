package tg.ecom.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of {@code ./ecom states}.
 *
 * @param port of the one address, on 127.0.0.1
 * @param lambdaEndpoint where functions are invoked, such as {@code http://127.0.0.1:3001}
 * @param data where everything is kept
 */
public record StatesOptions(int port, URI lambdaEndpoint, Path data) {
    /** Reads the options of a command line. @throws UsageException for one that there is not, or is missing */
    static StatesOptions parse(List<String> arguments) {
        Optional<Integer> port = Optional.empty();
        Optional<URI> lambdaEndpoint = Optional.empty();
        Path data = Project.root().resolve(".ecom").resolve(DataDirectory.STATES);
        OptionReader reader = new OptionReader(arguments);
        while (reader.hasNext()) {
            String option = reader.next();
            switch (option) {
                case "--port" -> port = Optional.of(reader.port(option));
                case "--lambda-endpoint" -> lambdaEndpoint = Optional.of(address(option, reader.value(option)));
                case "--data" -> data = Path.of(reader.value(option)).toAbsolutePath();
                default ->
                    throw new UsageException("./ecom states has no option " + option + "; ./ecom help lists them.");
            }
        }
        return new StatesOptions(
                port.orElseThrow(() -> new UsageException("./ecom states needs --port N.")),
                lambdaEndpoint.orElseThrow(() -> new UsageException("./ecom states needs --lambda-endpoint URL.")),
                data);
    }

    private static URI address(String option, String text) {
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (List.of("http", "https").contains(scheme) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below, as for an address of another kind.
        }
        throw new UsageException(option + " takes an http or https address, not " + text + ".");
    }
}
