package tg.ecom.local.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.EventSource.HttpRoute;
import tg.ecom.local.template.EventSource.Schedule;
import tg.ecom.local.template.FunctionDefinition;

class UsageTest {
    private static final double TOLERANCE = 1e-15;

    private static final FunctionDefinition TRANSFER =
            function("transfer", 512, new HttpRoute("Http", "Api", "POST", "/api/transfer", Duration.ofSeconds(28)));
    private static final FunctionDefinition TASKS = function("tasks", 2_048);
    private static final FunctionDefinition RELAY =
            function("relay", 1_024, new Schedule("Clock", "rate(1 minute)", "UTC", Optional.empty(), true));

    private final Meter meter = new Meter();

    @Test
    void invocations_areThoseOfWhoeverCausedThem_orOfTheClock() {
        meter.invoked(TRANSFER, Duration.ofMillis(10));
        meter.invoked(TRANSFER, Duration.ofMillis(10));
        meter.invoked(TASKS, Duration.ofMillis(10));
        meter.invoked(RELAY, Duration.ofSeconds(55));
        assertEquals(3, caused().count(Item.INVOCATIONS));
        assertEquals(2, caused().count(Item.API_REQUESTS));
        assertEquals(1, byTheClock().count(Item.INVOCATIONS));
        assertEquals(55, byTheClock().count(Item.GB_SECONDS));
    }

    @Test
    void gigabyteSeconds_areOfEachFunctionsMemory_andBegunMilliseconds() {
        meter.invoked(TRANSFER, Duration.ofNanos(1_000_001));
        meter.invoked(TASKS, Duration.ofMillis(3));
        assertEquals((0.5 * 2 + 2 * 3) / 1_000, caused().count(Item.GB_SECONDS), TOLERANCE);
    }

    @Test
    void transitions_areOfAllMachines() {
        meter.transitioned("charge", 2);
        meter.transitioned("charge", 1);
        meter.transitioned("order", 5);
        assertEquals(8, caused().count(Item.STATE_TRANSITIONS));
        assertEquals(8 * 0.000025, caused().dollars(), TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({
        "sqs, AmazonSQS.SendMessage, QUEUE_SENDS",
        "sqs, AmazonSQS.SendMessageBatch, QUEUE_SENDS",
        "sqs, AmazonSQS.DeleteMessageBatch, QUEUE_DELETES",
        "dynamodb, DynamoDB_20120810.UpdateItem, TABLE_WRITES",
        "dynamodb, DynamoDB_20120810.GetItem, TABLE_READS",
        "kms, TrentService.GenerateDataKey, KEY_REQUESTS",
        "secretsmanager, secretsmanager.GetSecretValue, SECRET_REQUESTS"
    })
    void operation_isReadFromTheHeader(String service, String target, Item item) {
        meter.called(service, request(Map.of("x-amz-target", target), "{}"), answer("{}"));
        assertEquals(1, caused().count(item));
        assertEquals(item.price().orElseThrow().of(1), caused().dollars(), TOLERANCE);
    }

    @Test
    void textMessage_isNoPublishToATopic_andHasNoPrice() {
        publish("Action=Publish&PhoneNumber=%2B22890000001&Message=1234");
        publish("Action=Publish&TopicArn=arn&Message=PhoneNumber%3D");
        publish("Action=PublishBatch&TopicArn=arn");
        assertEquals(1, caused().count(Item.TEXT_MESSAGES));
        assertEquals(2, caused().count(Item.TOPIC_PUBLISHES));
        assertEquals(2 * 0.0000005, caused().dollars(), TOLERANCE);
    }

    @Test
    void receiveThatFindsNothing_isNobodys() {
        receive("{}");
        receive("{\"Messages\": []}");
        receive("");
        receive("{\"Messages\": [{\"ReceiptHandle\": \"r\"}]}");
        assertEquals(1, caused().count(Item.QUEUE_RECEIVES));
        assertEquals(3, byTheClock().count(Item.EMPTY_RECEIVES));
    }

    @Test
    void whatIsNoKnownProtocol_isCountedAndHarmsNobody() {
        meter.called("s3", new AwsRequest("PUT", "/bucket/key", "", Map.of(), new byte[] {-1, 0}), answer("<no json"));
        assertEquals(
                Map.of(new Counts.Counter(Counts.Kind.CALL, "s3 PUT"), 1L),
                meter.counts().byCounter());
        assertEquals(0, caused().dollars());
    }

    @ParameterizedTest
    @EnumSource
    void item_hasAPriceOrAReason(Item item) {
        assertNotEquals(item.price().isPresent(), !item.whyUnpriced().isEmpty());
    }

    private void receive(String answer) {
        meter.called("sqs", request(Map.of("x-amz-target", "AmazonSQS.ReceiveMessage"), "{}"), answer(answer));
    }

    private void publish(String form) {
        meter.called(
                "sns",
                request(Map.of("content-type", "application/x-www-form-urlencoded; charset=UTF-8"), form),
                answer("<xml/>"));
    }

    private Usage caused() {
        return Usage.caused(meter.counts(), List.of(TRANSFER, TASKS, RELAY));
    }

    private Usage byTheClock() {
        return Usage.byTheClock(meter.counts(), List.of(TRANSFER, TASKS, RELAY));
    }

    private static AwsRequest request(Map<String, String> headers, String body) {
        return new AwsRequest("POST", "/", "", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static AwsResponse answer(String body) {
        return new AwsResponse(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static FunctionDefinition function(String name, int memoryMb, EventSource... events) {
        return new FunctionDefinition(
                "Test/" + name,
                name,
                "a.B",
                Path.of("code.zip"),
                List.of(),
                memoryMb,
                Duration.ofSeconds(28),
                Map.of(),
                Optional.empty(),
                List.of(events));
    }
}
