package tg.ecom.payments;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tg.ecom.platform.Aws;
import tg.ecom.platform.Json;

/** Where questions wait until they are due. One that gets lost is found by {@link SweepPayments}. */
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    /** SQS delays no message for longer. */
    static final Duration QUEUE_DELAY_MAX = Duration.ofMinutes(15);

    /** SQS takes no more in one request. */
    static final int BATCH_MAX = 10;

    private final SqsClient sqs;
    private final String queue;

    Questions(Aws aws, QuestionsSettings settings) {
        this.sqs = aws.client("SQS", SqsClient.builder());
        this.queue = settings.questionsQueueUrl();
    }

    /**
     * Sends a question to be put after a while. When SQS can't be reached, the sweeper sends it later.
     *
     * @param delay at most {@link #QUEUE_DELAY_MAX}
     */
    void send(Question question, Duration delay) {
        try {
            sqs.sendMessage(message -> message.queueUrl(queue)
                    .messageBody(json(question))
                    .delaySeconds(Math.toIntExact(delay.toSeconds())));
        } catch (SdkException outage) {
            LOG.warn("a question about payment {} waits for the sweeper", question.paymentId(), outage);
        }
    }

    /** Sends questions to be put now, at most {@link #BATCH_MAX}. */
    void sendAll(List<Question> batch) {
        List<SendMessageBatchRequestEntry> entries = batch.stream()
                .map(question -> SendMessageBatchRequestEntry.builder()
                        .id(question.paymentId().toString())
                        .messageBody(json(question))
                        .build())
                .toList();
        sqs.sendMessageBatch(request -> request.queueUrl(queue).entries(entries));
    }

    private static String json(Question question) {
        return Json.mapper().valueToTree(question).toString();
    }
}
