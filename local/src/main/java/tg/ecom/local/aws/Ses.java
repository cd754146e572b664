package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Simple Email Service, version 2, as far as sending simple e-mails: into the outbox. */
public final class Ses extends RestProtocol {
    private static final int RECIPIENT_COUNT_MAX = 50;

    private final EmailOutbox outbox;

    /** Puts e-mails into the outbox. */
    public Ses(EmailOutbox outbox) {
        super("ses", "BadRequestException");
        this.outbox = outbox;
        offer("POST", "/v2/email/outbound-emails", call -> send(call.body()));
    }

    private ObjectNode send(JsonInput input) {
        List<String> recipients = recipients(input);
        if (recipients.isEmpty() || recipients.size() > RECIPIENT_COUNT_MAX) {
            throw new AwsFault("BadRequestException", "An e-mail has 1 to " + RECIPIENT_COUNT_MAX + " recipients.");
        }
        JsonInput simple = input.object("Content")
                .flatMap(content -> content.object("Simple"))
                .orElseThrow(() -> new AwsFault("BadRequestException", "Only simple e-mails are offered here."));
        Optional<JsonInput> body = simple.object("Body");
        Optional<String> text = data(body, "Text");
        Optional<String> html = data(body, "Html");
        if (text.isEmpty() && html.isEmpty()) {
            throw new AwsFault("BadRequestException", "The e-mail has no body.");
        }
        String subject = data(Optional.of(simple), "Subject").orElseThrow(() -> simple.wrong("Subject", "is required"));
        return JsonInput.answer()
                .put(
                        "MessageId",
                        outbox.add(input.requiredText("FromEmailAddress"), recipients, subject, text, html)
                                .toString());
    }

    private static List<String> recipients(JsonInput input) {
        return input.object("Destination").stream()
                .flatMap(destination ->
                        Stream.of("ToAddresses", "CcAddresses", "BccAddresses").map(destination::texts))
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<String> data(Optional<JsonInput> parent, String name) {
        return parent.flatMap(object -> object.object(name)).flatMap(content -> content.text("Data"));
    }
}
