package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.SchedulerException;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

@WithLocalCloud
class SchedulerTest {
    private static final String PREFIX = "arn:aws:lambda:us-east-1:000000000000:function:";

    private final LocalCloud cloud;
    private final SchedulerService service;
    private final SchedulerEngine engine;
    private final SchedulerClient scheduler;
    private final String name = "test-" + UUID.randomUUID();

    SchedulerTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.service = cloud.offer(new SchedulerService(cloud.database, cloud.clock));
        this.engine = new SchedulerEngine(cloud.database, cloud.invoker, cloud.clock);
        this.scheduler = cloud.client(SchedulerClient.builder());
    }

    @BeforeEach
    void forgetCalls() {
        cloud.invoker.behave(payload -> RecordingInvoker.succeeded("null"));
    }

    @Test
    void rate_isDueEachMinute() {
        create("rate(1 minute)", "{\"n\": 1}");
        engine.callDue();
        assertEquals(0, calls().size());

        for (int count = 1; count <= 3; count++) {
            cloud.clock.advance(Duration.ofMinutes(1));
            engine.callDue();
            engine.callDue();
            assertEquals(count, calls().size());
        }
        assertEquals("{\"n\": 1}", calls().getFirst());
    }

    @Test
    void jumpOfHours_callsOnce() {
        create("rate(1 minute)", "{}");
        cloud.clock.advance(Duration.ofHours(5));
        engine.callDue();
        engine.callDue();
        assertEquals(1, calls().size());
        cloud.clock.advance(Duration.ofMinutes(1));
        engine.callDue();
        assertEquals(2, calls().size());
    }

    @Test
    void onceOnlySchedule_isCalledOnce() {
        LocalDateTime time =
                LocalDateTime.ofInstant(cloud.clock.instant(), ZoneOffset.UTC).plusHours(1);
        create("at(" + time.withNano(0) + ")", "<aws.scheduler.scheduled-time>");
        cloud.clock.advance(Duration.ofMinutes(59));
        engine.callDue();
        assertEquals(0, calls().size());
        cloud.clock.advance(Duration.ofDays(2));
        engine.callDue();
        engine.callDue();
        assertEquals(List.of(time.withNano(0).toInstant(ZoneOffset.UTC).toString()), calls());
    }

    @Test
    void scheduleWithoutInput_sendsSchedulersEvent() {
        scheduler.createSchedule(request("rate(1 hour)").build());
        cloud.clock.advance(Duration.ofHours(1));
        engine.callDue();
        assertTrue(calls().getFirst().contains("\"source\":\"aws.scheduler\""));
    }

    @Test
    void disabledOrDeletedSchedule_isNotCalled() {
        create("rate(1 minute)", "{}");
        scheduler.updateSchedule(request -> request.name(name)
                .scheduleExpression("rate(1 minute)")
                .state(ScheduleState.DISABLED)
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn(PREFIX + name).roleArn("arn:aws:iam::000000000000:role/scheduler")));
        cloud.clock.advance(Duration.ofHours(1));
        engine.callDue();
        assertEquals(ScheduleState.DISABLED, get().state());
        scheduler.deleteSchedule(request -> request.name(name));
        engine.callDue();
        assertEquals(0, calls().size());
        assertThrows(ResourceNotFoundException.class, this::get);
    }

    @Test
    void schedule_isReadBackAsWritten() {
        create("cron(0 6 * * ? *)", "{\"n\": 1}");
        GetScheduleResponse found = get();
        assertEquals("cron(0 6 * * ? *)", found.scheduleExpression());
        assertEquals("{\"n\": 1}", found.target().input());
        assertEquals("arn:aws:scheduler:us-east-1:000000000000:schedule/default/" + name, found.arn());
        assertEquals(cloud.clock.instant(), found.creationDate());
        assertEquals(
                1,
                scheduler
                        .listSchedules(request -> request.namePrefix(name))
                        .schedules()
                        .size());
    }

    @Test
    void nulCharacter_isRefusedInWords() {
        String reason = assertThrows(
                        SchedulerException.class, () -> scheduler.listSchedules(request -> request.namePrefix("\0")))
                .awsErrorDetails()
                .errorMessage();
        assertEquals("The parameters contain the character U+0000.", reason);
    }

    @Test
    void startAfterTheEndOfTime_isRefused() {
        Instant farAway = Instant.parse("+99999-01-01T00:00:00Z");
        assertThrows(
                ValidationException.class,
                () -> scheduler.createSchedule(
                        request("rate(1 hour)").startDate(farAway).build()));
        assertThrows(ResourceNotFoundException.class, this::get);
    }

    @Test
    void secondScheduleOfTheSameName_isAConflict() {
        create("rate(1 minute)", "{}");
        assertThrows(ConflictException.class, () -> create("rate(2 minutes)", "{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(0 minutes)",
                "rate(5 seconds)",
                "every day",
                "cron(0 6 * * *)",
                "cron(0 6 * * * *)",
                "cron(61 6 * * ? *)",
                "cron(0 6 31-2 * ? *)",
                "at(tomorrow)"
            })
    void malformedExpression_isRefused(String expression) {
        assertThrows(ValidationException.class, () -> create(expression, "{}"));
    }

    @Test
    void templatesSchedule_staysDueWhenItWasUntilItIsChanged() {
        ObjectNode definition = new ObjectMapper().createObjectNode().put("ScheduleExpression", "rate(1 hour)");
        definition.putObject("Target").put("Arn", PREFIX + name);
        service.ensureSchedule(name, definition);
        cloud.clock.advance(Duration.ofMinutes(40));
        service.ensureSchedule(name, definition.deepCopy());
        cloud.clock.advance(Duration.ofMinutes(20));
        engine.callDue();
        assertEquals(1, calls().size());

        service.ensureSchedule(name, definition.put("ScheduleExpression", "rate(2 hours)"));
        cloud.clock.advance(Duration.ofHours(1));
        engine.callDue();
        assertEquals(1, calls().size());
        assertThrows(
                IllegalArgumentException.class,
                () -> service.ensureSchedule(name, definition.put("ScheduleExpression", "never")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 6 * * ? *)|Africa/Lome|2026-11-23T06:00:00Z|2026-11-24T06:00:00Z",
                "cron(0/15 9-17 ? * MON-FRI *)|UTC|2026-11-20T17:45:00Z|2026-11-23T09:00:00Z",
                "cron(30 2 L * ? *)|UTC|2026-02-01T00:00:00Z|2026-02-28T02:30:00Z",
                "cron(0 0 LW * ? *)|UTC|2026-01-31T00:00:00Z|2026-02-27T00:00:00Z",
                "cron(0 0 1W * ? *)|UTC|2026-07-31T12:00:00Z|2026-08-03T00:00:00Z",
                "cron(0 8 ? * 2#1 *)|UTC|2026-11-03T00:00:00Z|2026-12-07T08:00:00Z",
                "cron(0 8 ? * 6L *)|UTC|2026-11-23T00:00:00Z|2026-11-27T08:00:00Z",
                "cron(0 0 29 2 ? *)|UTC|2026-11-23T00:00:00Z|2028-02-29T00:00:00Z",
                "cron(30 2 * * ? *)|Europe/Paris|2026-03-28T12:00:00Z|2026-03-30T00:30:00Z",
                "cron(0 0 1 JAN ? 2030)|UTC|2026-11-23T00:00:00Z|2030-01-01T00:00:00Z"
            })
    void cron_isDueNext(String expression, String zone, Instant after, Instant next) {
        assertEquals(
                Optional.of(next), ScheduleExpression.parse(expression, zone).next(after, after));
    }

    @Test
    void cronOfThePast_isNeverDue() {
        Instant now = Instant.parse("2026-11-23T00:00:00Z");
        assertEquals(
                Optional.empty(),
                ScheduleExpression.parse("cron(0 0 1 1 ? 2020)", "UTC").next(now, now));
    }

    private void create(String expression, String input) {
        scheduler.createSchedule(request(expression)
                .target(target -> target.arn(PREFIX + name)
                        .roleArn("arn:aws:iam::000000000000:role/scheduler")
                        .input(input))
                .build());
    }

    private CreateScheduleRequest.Builder request(String expression) {
        return CreateScheduleRequest.builder()
                .name(name)
                .scheduleExpression(expression)
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn(PREFIX + name).roleArn("arn:aws:iam::000000000000:role/scheduler"));
    }

    private GetScheduleResponse get() {
        return scheduler.getSchedule(request -> request.name(name));
    }

    private List<String> calls() {
        return cloud.invoker.invocations().stream()
                .filter(call -> call.function().equals(PREFIX + name))
                .map(RecordingInvoker.Invocation::payload)
                .toList();
    }
}
