package tg.ecom.payments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Json;
import tg.ecom.platform.VaultSettings;
import tg.ecom.platform.WebhookFunction;

/**
 * POST /webhooks/yas: keeps what came, and has YAS asked about the payment that it names. Nothing of it is believed,
 * since it is not signed; what names no payment of ours, or one that is settled, is only kept.
 */
public final class YasWebhook extends WebhookFunction<YasWebhook.Request, YasWebhook.Received> {
    static final String KEEP = """
            with kept as (
                insert into payments.webhooks (id, operator, payment_id, headers, body_encrypted, received_at)
                values (:id, 'yas', cast(:payment_id as uuid), cast(:headers as jsonb), :body_encrypted, :at))
            select exists (
                select
                from payments.payments
                where id = cast(:payment_id as uuid) and method = 'yas' and status in ('pending', 'failed', 'expired'))
            """;

    /** Taken as it comes. */
    public record Request() {}

    /** Taken. */
    public record Received(boolean received) {}

    private final Questions questions =
            new Questions(surroundings().aws(), surroundings().settings(QuestionsSettings.class));

    /** Encrypts what it keeps, for it names phones. */
    public YasWebhook() {
        super(VaultSettings.class, QuestionsSettings.class);
    }

    @Override
    protected Received handle(Delivery delivery) {
        Optional<PaymentId> subject = YasDialect.subjectOf(delivery.body());
        boolean open = database().call(handle -> keep(handle, delivery, subject));
        subject.filter(named -> open).ifPresent(named -> questions.send(Question.atOnce(named), Duration.ZERO));
        return new Received(true);
    }

    private boolean keep(Handle handle, Delivery delivery, Optional<PaymentId> subject) {
        UUID id = Uuid7.next(clock());
        return handle.createQuery(KEEP)
                .bind("id", id)
                .bind("payment_id", subject.orElse(null))
                .bind("headers", Json.mapper().valueToTree(delivery.headers()).toString())
                .bind("body_encrypted", surroundings().vault().encrypt(text(delivery.body()), "webhooks.body/" + id))
                .bind("at", clock().instant())
                .mapTo(Boolean.class)
                .one();
    }

    /** As text where it is some, and in Base64 where it is not. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body)
                ? text
                : "base64:" + Base64.getEncoder().encodeToString(body);
    }
}
