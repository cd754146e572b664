package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** EventBridge Scheduler's API; {@link SchedulerEngine} calls what is due. */
public final class SchedulerService extends RestProtocol {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final ScheduleStore store;
    private final InstantSource clock;

    /** Keeps schedules in the database. */
    public SchedulerService(CloudDatabase database, InstantSource clock) {
        super("scheduler", ScheduleStore.INVALID);
        this.store = new ScheduleStore(database);
        this.clock = clock;
        offer("POST", "/schedules/*", this::create);
        offer("GET", "/schedules/*", call -> description(required(group(call), call.name())));
        offer("PUT", "/schedules/*", this::update);
        offer("DELETE", "/schedules/*", this::delete);
        offer("GET", "/schedules", this::list);
    }

    /**
     * Makes a schedule of a template, or gives it the template's definition; an unchanged one stays due when it was.
     *
     * @param definition the members of CreateSchedule: ScheduleExpression, Target…
     * @return its ARN
     * @throws IllegalArgumentException when the definition is not valid
     */
    public String ensureSchedule(String name, ObjectNode definition) {
        try {
            Optional<Schedule> before = store.find(Schedule.DEFAULT_GROUP, name);
            Instant now = now();
            Schedule schedule = Schedule.define(
                    Schedule.DEFAULT_GROUP,
                    name,
                    new JsonInput(definition, ScheduleStore.INVALID),
                    before.map(Schedule::createdAt).orElse(now),
                    now);
            if (before.isEmpty()) {
                store.add(schedule);
            } else if (!before.get().definition().equals(schedule.definition())) {
                store.update(schedule);
            }
            return schedule.arn();
        } catch (AwsFault fault) {
            throw new IllegalArgumentException("The schedule " + name + ": " + fault.getMessage(), fault);
        }
    }

    /** As PostgreSQL keeps it, so that a time read back equals the one written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private ObjectNode create(Call call) {
        requireName(call.name());
        Instant now = now();
        Schedule schedule = Schedule.define(
                call.body().text("GroupName").orElse(Schedule.DEFAULT_GROUP), call.name(), call.body(), now, now);
        if (!store.add(schedule)) {
            throw new AwsFault(CONFLICT, "ConflictException", "Schedule " + call.name() + " already exists.");
        }
        return JsonInput.answer().put("ScheduleArn", schedule.arn());
    }

    private ObjectNode update(Call call) {
        Schedule before = required(call.body().text("GroupName").orElse(Schedule.DEFAULT_GROUP), call.name());
        Schedule schedule = Schedule.define(before.group(), before.name(), call.body(), before.createdAt(), now());
        store.update(schedule);
        return JsonInput.answer().put("ScheduleArn", schedule.arn());
    }

    private ObjectNode delete(Call call) {
        if (!store.delete(group(call), call.name())) {
            throw notFound(call.name());
        }
        return JsonInput.answer();
    }

    private ObjectNode list(Call call) {
        ObjectNode answer = JsonInput.answer();
        ArrayNode schedules = answer.putArray("Schedules");
        Optional<String> group = Optional.ofNullable(call.query().get("ScheduleGroup"));
        store.list(group, call.query().getOrDefault("NamePrefix", "")).stream()
                .filter(schedule -> matches(call, schedule))
                .forEach(schedule -> schedules.add(summary(schedule)));
        return answer;
    }

    private static boolean matches(Call call, Schedule schedule) {
        String state = call.query().get("State");
        return state == null || state.equals(schedule.enabled() ? "ENABLED" : "DISABLED");
    }

    private static String group(Call call) {
        return call.query().getOrDefault("groupName", Schedule.DEFAULT_GROUP);
    }

    private Schedule required(String group, String name) {
        return store.find(group, name).orElseThrow(() -> notFound(name));
    }

    private static AwsFault notFound(String name) {
        return new AwsFault(NOT_FOUND, "ResourceNotFoundException", "Schedule " + name + " does not exist.");
    }

    private static void requireName(String name) {
        if (!name.matches("[0-9A-Za-z_.-]{1,64}")) {
            throw new AwsFault("ValidationException", "'" + name + "' is not a schedule's name.");
        }
    }

    private static ObjectNode description(Schedule schedule) {
        ObjectNode answer = schedule.definition().members().deepCopy();
        answer.remove("ClientToken");
        return answer.put("Arn", schedule.arn())
                .put("Name", schedule.name())
                .put("GroupName", schedule.group())
                .put("State", schedule.enabled() ? "ENABLED" : "DISABLED")
                .put("CreationDate", JsonInput.seconds(schedule.createdAt()))
                .put("LastModificationDate", JsonInput.seconds(schedule.changedAt()));
    }

    private static ObjectNode summary(Schedule schedule) {
        ObjectNode answer = JsonInput.answer()
                .put("Arn", schedule.arn())
                .put("Name", schedule.name())
                .put("GroupName", schedule.group())
                .put("State", schedule.enabled() ? "ENABLED" : "DISABLED")
                .put("CreationDate", JsonInput.seconds(schedule.createdAt()))
                .put("LastModificationDate", JsonInput.seconds(schedule.changedAt()));
        answer.putObject("Target").put("Arn", schedule.target().requiredText("Arn"));
        return answer;
    }
}
