package tg.ecom.local.operators;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.parts.Recurring;

/**
 * Tells our webhook what an operator owes it, when the clock says so. What is not answered with 2xx is told again a few
 * times, as operators do.
 */
final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int BATCH_SIZE = 100;
    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    private final OperatorBooks books;
    private final URI address;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final Recurring looking;

    Webhooks(String operator, OperatorBooks books, URI address, InstantSource clock) {
        this.books = books;
        this.address = address;
        this.clock = clock;
        this.looking = new Recurring("webhooks-" + operator, INTERVAL, this::tellDue);
    }

    void start() {
        looking.start();
    }

    /** Looks at once. */
    void look() {
        looking.call();
    }

    /** Tells everything that is due now, each once. */
    synchronized void tellDue() {
        for (OperatorBooks.OwedNotice notice : books.due(clock.instant(), BATCH_SIZE)) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            tell(notice);
        }
    }

    @Override
    public void close() {
        looking.close();
        client.shutdownNow();
    }

    private void tell(OperatorBooks.OwedNotice notice) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(notice.body()))
                .build();
        String reason;
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                books.taken(notice);
                return;
            }
            reason = "answered " + status;
        } catch (IOException unreachable) {
            reason = unreachable.toString();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return;
        }
        again(notice, reason);
    }

    private void again(OperatorBooks.OwedNotice notice, String reason) {
        LOG.info("{} did not take {}: {}", address, notice.body(), reason);
        if (notice.attempts() < RETRY_DELAYS.size()) {
            books.postpone(notice, clock.instant(), RETRY_DELAYS.get(notice.attempts()));
        } else {
            books.crossOut(notice);
        }
    }
}
