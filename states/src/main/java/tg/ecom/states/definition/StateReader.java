package tg.ecom.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tg.ecom.states.expression.Template;

/** Reads one state. */
final class StateReader {
    /** Of every time but the longest wait of a Retry (developer guide, "Retrying after an error"). */
    static final long SECONDS_MAX = 99_999_999;

    private static final long DELAY_SECONDS_MAX = 31_622_399;
    private static final String SECONDS = "a whole number of seconds from 1 to " + SECONDS_MAX;
    private static final long ATTEMPTS_MAX = 99_999_999;
    private static final long ATTEMPTS_DEFAULT = 3;
    private static final double BACKOFF_DEFAULT = 2.0;
    private static final Set<String> DISTRIBUTED_ONLY = Set.of(
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "Label",
            "ToleratedFailurePercentage",
            "ToleratedFailureCount");

    private final String name;
    private final Fields fields;
    private final DefinitionReader reader;

    StateReader(String name, Fields fields, DefinitionReader reader) {
        this.name = name;
        this.fields = fields;
        this.reader = reader;
    }

    Optional<State> read() {
        fields.text("Comment");
        String language = fields.text("QueryLanguage").orElse(reader.isJsonata() ? "JSONata" : "JSONPath");
        if (!language.equals("JSONata")) {
            fields.wrong("QueryLanguage", "JSONPath is not supported: it must be JSONata");
        }
        String type = fields.requiredText("Type");
        State state = switch (type) {
            case "Task" -> task();
            case "Pass" -> new PassState(name, output(), assign(), next());
            case "Choice" -> choice();
            case "Wait" -> new WaitState(name, until(), output(), assign(), next());
            case "Parallel" -> parallel();
            case "Map" -> map();
            case "Succeed" -> new SucceedState(name, output());
            case "Fail" -> new FailState(name, textTemplate("Error"), textTemplate("Cause"));
            default -> null;
        };
        if (state == null && !type.isEmpty()) {
            fields.wrong("Type", "There is no type of state called " + type);
        }
        return Optional.ofNullable(state);
    }

    private TaskState task() {
        String text = fields.requiredText("Resource");
        Optional<Resource> resource = Resource.parse(text);
        if (resource.isEmpty() && !text.isEmpty()) {
            fields.wrong("Resource", "The resource " + text + " is not supported");
        }
        Optional<Template> arguments = fields.template("Arguments");
        resource.ifPresent(each -> checkArguments(each, fields.any("Arguments")));
        Optional<Template> timeout = fields.template("TimeoutSeconds", StateReader::isSeconds, SECONDS);
        Optional<Template> heartbeat = fields.template("HeartbeatSeconds", StateReader::isSeconds, SECONDS);
        checkHeartbeat(timeout, heartbeat);
        return new TaskState(
                name,
                resource.orElseGet(() -> new Resource.LambdaFunction("")),
                arguments,
                timeout,
                heartbeat,
                output(),
                assign(),
                retriers(),
                catchers(),
                next());
    }

    /** Names are checked where they stand in the definition; an expression in place of all is checked when it runs. */
    private void checkArguments(Resource resource, Optional<JsonNode> arguments) {
        if (!(resource instanceof Resource.Integration integration)) {
            return;
        }
        Resource.Action action = integration.called();
        if (arguments.isEmpty()) {
            fields.wrong("The field 'Arguments' is required");
        } else if (arguments.get().isObject()) {
            arguments.get().fieldNames().forEachRemaining(argument -> {
                if (!action.arguments().contains(argument)) {
                    fields.wrong(
                            "Arguments/" + Diagnostic.escaped(argument),
                            "The field '" + argument + "' is not supported by " + resource.service() + ":"
                                    + resource.action());
                }
            });
            if (!arguments.get().has(action.required())) {
                fields.wrong("Arguments", "The field '" + action.required() + "' is required");
            }
        } else if (!arguments.get().isTextual()) {
            fields.wrong("Arguments", "The value of 'Arguments' must be an object, or an expression");
        }
    }

    private void checkHeartbeat(Optional<Template> timeout, Optional<Template> heartbeat) {
        if (timeout.isPresent()
                && heartbeat.isPresent()
                && timeout.get() instanceof Template.Fixed most
                && heartbeat.get() instanceof Template.Fixed each
                && each.value().longValue() >= most.value().longValue()) {
            fields.wrong("HeartbeatSeconds", "HeartbeatSeconds must be smaller than TimeoutSeconds");
        }
    }

    private ChoiceState choice() {
        List<ChoiceState.Rule> rules = new ArrayList<>();
        List<Fields> choices = fields.objects("Choices");
        if (choices.isEmpty()) {
            fields.wrong("A Choice needs 'Choices', one or more");
        }
        for (Fields each : choices) {
            each.text("Comment");
            Optional<Template> condition =
                    each.required("Condition", each.template("Condition", JsonNode::isBoolean, "true or false"));
            String next = each.requiredText("Next");
            Optional<Template> output = each.template("Output");
            Optional<Template> assign = assign(each);
            each.end();
            condition.ifPresent(stated -> rules.add(new ChoiceState.Rule(stated, next, output, assign)));
        }
        return new ChoiceState(name, rules, fields.text("Default"), output(), assign());
    }

    private WaitState.Until until() {
        Optional<Template> seconds = fields.template(
                "Seconds",
                value -> value.isIntegralNumber() && value.longValue() >= 0 && value.longValue() <= SECONDS_MAX,
                "a whole number of seconds from 0 to " + SECONDS_MAX);
        Optional<Template> timestamp = fields.template("Timestamp", Timestamps::isOne, "an RFC 3339 time");
        if (fields.any("Seconds").isPresent() == fields.any("Timestamp").isPresent()) {
            fields.wrong("A Wait has either 'Seconds' or 'Timestamp'");
        }
        return seconds.<WaitState.Until>map(WaitState.Until.Seconds::new)
                .or(() -> timestamp.map(WaitState.Until.Timestamp::new))
                .orElseGet(() -> new WaitState.Until.Seconds(new Template.Fixed(zero())));
    }

    private ParallelState parallel() {
        List<Fields> branches = fields.objects("Branches");
        if (branches.isEmpty()) {
            fields.wrong("A Parallel needs 'Branches', one or more");
        }
        List<StateMachine> machines = branches.stream()
                .map(branch -> {
                    branch.text("Comment");
                    return reader.states(branch, Optional.empty());
                })
                .toList();
        return new ParallelState(
                name, machines, fields.template("Arguments"), output(), assign(), retriers(), catchers(), next());
    }

    private MapState map() {
        for (String field : DISTRIBUTED_ONLY) {
            if (fields.any(field).isPresent()) {
                fields.wrong(field, "The field '" + field + "' is of a distributed Map, which is not supported");
            }
        }
        Optional<StateMachine> processor = fields.required("ItemProcessor", fields.inner("ItemProcessor"))
                .map(inner -> {
                    inner.text("Comment");
                    inner.inner("ProcessorConfig").ifPresent(StateReader::checkInline);
                    return reader.states(inner, Optional.empty());
                });
        return new MapState(
                name,
                processor.orElseGet(() -> new StateMachine("", java.util.Map.of(), Optional.empty())),
                fields.template("Items", JsonNode::isArray, "an array"),
                fields.template("ItemSelector"),
                fields.template(
                        "MaxConcurrency",
                        value -> value.isIntegralNumber() && value.longValue() >= 0,
                        "a whole number of 0 or more"),
                output(),
                assign(),
                retriers(),
                catchers(),
                next());
    }

    private static void checkInline(Fields config) {
        if (!config.text("Mode").orElse("INLINE").equals("INLINE")) {
            config.wrong("Mode", "A distributed Map is not supported: the mode must be INLINE");
        }
        config.end();
    }

    private List<Retrier> retriers() {
        List<Fields> all = fields.objects("Retry");
        List<Retrier> retriers = new ArrayList<>();
        for (Fields each : all) {
            each.text("Comment");
            List<String> errors = errors(each, each.equals(all.getLast()));
            String jitter = each.text("JitterStrategy").orElse("NONE");
            if (!Set.of("NONE", "FULL").contains(jitter)) {
                each.wrong("JitterStrategy", "JitterStrategy must be NONE or FULL");
            }
            long interval = each.whole("IntervalSeconds", 1, SECONDS_MAX).orElse(1L);
            Optional<Long> most = each.whole("MaxDelaySeconds", 1, DELAY_SECONDS_MAX);
            if (most.isPresent() && most.get() <= interval) {
                each.wrong("MaxDelaySeconds", "MaxDelaySeconds must be greater than IntervalSeconds");
            }
            retriers.add(new Retrier(
                    errors,
                    interval,
                    each.whole("MaxAttempts", 0, ATTEMPTS_MAX).orElse(ATTEMPTS_DEFAULT),
                    each.number("BackoffRate", 1).map(JsonNode::doubleValue).orElse(BACKOFF_DEFAULT),
                    most,
                    jitter.equals("FULL")));
            each.end();
        }
        return retriers;
    }

    private List<Catcher> catchers() {
        List<Fields> all = fields.objects("Catch");
        List<Catcher> catchers = new ArrayList<>();
        for (Fields each : all) {
            each.text("Comment");
            catchers.add(new Catcher(
                    errors(each, each.equals(all.getLast())),
                    each.requiredText("Next"),
                    each.template("Output"),
                    assign(each)));
            each.end();
        }
        return catchers;
    }

    /** States.ALL stands alone, in the last of its kind. */
    private static List<String> errors(Fields fields, boolean isLast) {
        List<String> errors = fields.texts("ErrorEquals");
        if (errors.isEmpty()) {
            fields.wrong("The field 'ErrorEquals' is required, with one name or more");
        } else if (errors.contains(ErrorNames.ALL) && (errors.size() > 1 || !isLast)) {
            fields.wrong("ErrorEquals", "States.ALL must stand alone, and in the last one");
        }
        return errors;
    }

    private Optional<Template> output() {
        return fields.template("Output");
    }

    private Optional<Template> assign() {
        return assign(fields);
    }

    private static Optional<Template> assign(Fields fields) {
        fields.any("Assign")
                .filter(JsonNode::isObject)
                .ifPresent(variables -> variables.fieldNames().forEachRemaining(variable -> {
                    if (variable.equals("states") || !variable.matches("[\\p{L}_][\\p{L}\\p{N}_]{0,79}")) {
                        fields.wrong(
                                "Assign/" + Diagnostic.escaped(variable),
                                "'" + variable + "' can't be the name of a variable");
                    }
                }));
        return fields.template("Assign", JsonNode::isObject, "an object");
    }

    private Optional<Template> textTemplate(String field) {
        return fields.template(field, JsonNode::isTextual, "a string");
    }

    /** Where the state leads; empty where it ends. */
    private Optional<String> next() {
        Optional<String> next = fields.text("Next");
        if (fields.truth("End") == next.isPresent()) {
            fields.wrong("A state has either 'Next' or 'End': true");
        }
        return next;
    }

    private static boolean isSeconds(JsonNode value) {
        return value.isIntegralNumber() && value.longValue() >= 1 && value.longValue() <= SECONDS_MAX;
    }

    private static JsonNode zero() {
        return com.fasterxml.jackson.databind.node.IntNode.valueOf(0);
    }
}
