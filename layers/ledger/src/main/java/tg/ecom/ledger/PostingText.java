package tg.ecom.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Json;

/** A posting as a value of the type ledger.posting, or several as an array of it. */
final class PostingText {
    private PostingText() {}

    /** The posting under a new transfer id. */
    static String of(Posting posting, InstantSource clock) {
        return text(posting, Optional.of(Uuid7.next(clock)), clock);
    }

    /** Postings whose transfer ids follow from that of their batch. */
    static String batch(List<Posting> postings, InstantSource clock) {
        return RowText.array(postings.stream()
                .map(posting -> text(posting, Optional.empty(), clock))
                .toList());
    }

    /** What is asked for by several. */
    static String gathered(List<PostingRequest> requests) {
        return RowText.array(requests.stream().map(PostingRequest::text).toList());
    }

    private static String text(Posting posting, Optional<UUID> transfer, InstantSource clock) {
        List<Posting.Entry> entries = posting.entries();
        Posting.Details details = posting.details();
        Optional<Posting.Capture> capture = posting.capture();
        return RowText.row(Stream.of(
                RowText.field(transfer),
                array(entries, entry -> entry.id().map(EntryId::value).orElseGet(() -> Uuid7.next(clock))),
                array(entries, Posting.Entry::wallet),
                array(entries, Posting.Entry::amount),
                array(entries, entry -> entry.category().code()),
                Boolean.toString(entries.stream().anyMatch(entry -> entry.id().isPresent())),
                posting.caps().code(),
                Money.CURRENCY,
                RowText.field(details.description()),
                details.metadata().isEmpty() ? null : json(details.metadata()),
                RowText.field(details.relatedService()),
                details.method().code(),
                RowText.field(details.externalReference()),
                RowText.field(capture.map(Posting.Capture::hold)),
                RowText.field(capture.map(Posting.Capture::closes)),
                RowText.field(posting.reverses()),
                RowText.field(details.effectiveAt())));
    }

    private static String array(List<Posting.Entry> entries, Function<Posting.Entry, Object> element) {
        return RowText.array(entries.stream().map(element).map(Object::toString).toList());
    }

    private static String json(Map<String, Object> metadata) {
        try {
            return Json.mapper().writeValueAsString(metadata);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("metadata must be writable as JSON", notJson);
        }
    }
}
