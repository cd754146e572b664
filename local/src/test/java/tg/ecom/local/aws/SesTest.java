package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

@WithLocalCloud
class SesTest {
    private final LocalCloud cloud;
    private final EmailOutbox outbox;
    private final SesV2Client ses;
    private final String recipient = UUID.randomUUID() + "@example.tg";

    SesTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.outbox = new EmailOutbox(cloud.database, cloud.clock);
        cloud.offer(new Ses(outbox));
        this.ses = cloud.client(SesV2Client.builder());
    }

    @Test
    void sentEmail_liesInTheOutbox() {
        ses.sendEmail(request -> request.fromEmailAddress("no-reply@ecom.tg")
                .destination(destination -> destination.toAddresses(recipient))
                .content(content -> content.simple(simple -> simple.subject(subject -> subject.data("Rapport"))
                        .body(body -> body.text(text -> text.data("Votre rapport est prêt."))))));

        assertEquals(
                List.of(new EmailOutbox.Email(
                        "no-reply@ecom.tg",
                        List.of(recipient),
                        "Rapport",
                        Optional.of("Votre rapport est prêt."),
                        Optional.empty(),
                        cloud.clock.instant())),
                outbox.newest(Optional.of(recipient)));
    }

    @Test
    void emailWithoutRecipientOrBody_isRefused() {
        assertThrows(
                BadRequestException.class,
                () -> ses.sendEmail(request -> request.fromEmailAddress("no-reply@ecom.tg")
                        .content(content ->
                                content.simple(simple -> simple.subject(subject -> subject.data("Rapport"))))));
        assertThrows(
                BadRequestException.class,
                () -> ses.sendEmail(request -> request.fromEmailAddress("no-reply@ecom.tg")
                        .destination(destination -> destination.toAddresses(recipient))
                        .content(content -> content.simple(simple -> simple.subject(subject -> subject.data("Rapport"))
                                .body(body -> {})))));
        assertEquals(List.of(), outbox.newest(Optional.of(recipient)));
    }
}
