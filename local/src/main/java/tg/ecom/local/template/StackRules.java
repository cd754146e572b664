package tg.ecom.local.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to hold between resources of all templates, since one address and one name space serve them all. */
final class StackRules {
    private static final String NO_QUEUE = ", and there is no such queue in the templates";
    private static final int BATCH_SIZE_MAX = 10_000;
    private static final int BATCH_SIZE_WITHOUT_WINDOW = 10;
    private static final int CONCURRENCY_LEAST = 2;

    private final Stack root;
    private final Scope scope;
    private final Faults faults;

    StackRules(Stack root, Scope scope, Faults faults) {
        this.root = root;
        this.scope = scope;
        this.faults = faults;
    }

    void check() {
        Map<String, String> routes = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Map<String, String> stateMachines = new HashMap<>();
        for (FunctionDefinition function : root.all(Stack::functions)) {
            once(names, function.name(), function.logicalPath(), "the function name " + function.name());
            for (EventSource event : function.events()) {
                if (event instanceof EventSource.HttpRoute route) {
                    // Two names of one parameter are one route to API Gateway.
                    String shape = route.key().replaceAll("\\{[^}+]*}", "{}").replaceAll("\\{[^}]*\\+}", "{+}");
                    once(routes, shape, function.logicalPath(), "the route " + route.key());
                }
                if (event instanceof EventSource.QueueSource source) {
                    check(function, source);
                }
            }
        }
        for (StateMachineDefinition machine : root.all(Stack::stateMachines)) {
            once(stateMachines, machine.name(), machine.logicalPath(), "the state machine name " + machine.name());
        }
        root.all(Stack::queues).forEach(this::checkRedrive);
        root.all(Stack::subscriptions).forEach(this::check);
    }

    /** What Lambda refuses when an event source is made. */
    private void check(FunctionDefinition function, EventSource.QueueSource source) {
        Optional<Queue> queue = queue(source.queueArn());
        String event = "its event " + source.id();
        if (queue.isEmpty()) {
            fault(function.logicalPath(), event + " polls " + source.queueArn() + NO_QUEUE);
        } else if (queue.get().visibilityTimeout().compareTo(function.timeout()) < 0) {
            fault(
                    function.logicalPath(),
                    event + " polls a queue whose visibility timeout, "
                            + queue.get().visibilityTimeout().toSeconds() + " s, is shorter than the function's, "
                            + function.timeout().toSeconds() + " s");
        }
        if (source.batchSize() < 1 || source.batchSize() > BATCH_SIZE_MAX) {
            fault(function.logicalPath(), event + " has a BatchSize that is not 1 to " + BATCH_SIZE_MAX);
        }
        if (source.batchSize() > BATCH_SIZE_WITHOUT_WINDOW
                && source.batchingWindow().isZero()) {
            fault(
                    function.logicalPath(),
                    event + " needs MaximumBatchingWindowInSeconds for a BatchSize over " + BATCH_SIZE_WITHOUT_WINDOW);
        }
        if (source.concurrencyMax().filter(most -> most < CONCURRENCY_LEAST).isPresent()) {
            fault(function.logicalPath(), event + " has a MaximumConcurrency under " + CONCURRENCY_LEAST);
        }
    }

    private void checkRedrive(Queue queue) {
        queue.redrive().map(Queue.Redrive::deadLetterArn).ifPresent(arn -> {
            if (queue(arn).isEmpty()) {
                fault(queue.logicalPath(), "its dead letters go to " + arn + NO_QUEUE);
            }
        });
    }

    private void check(Subscription subscription) {
        if (root.all(Stack::topics).stream().noneMatch(topic -> topic.arn().equals(subscription.topicArn()))) {
            fault(
                    subscription.logicalPath(),
                    "it subscribes to " + subscription.topicArn() + ", and there is no such topic in the templates");
        }
        switch (subscription.protocol()) {
            case "sqs" -> {
                if (queue(subscription.endpoint()).isEmpty()) {
                    fault(subscription.logicalPath(), "it delivers to " + subscription.endpoint() + NO_QUEUE);
                }
            }
            case "lambda", "firehose" ->
                fault(
                        subscription.logicalPath(),
                        "local delivers topics to queues; " + subscription.protocol() + " is not supported");
            default -> {
                // People are told by e-mail or telephone in the cloud only.
            }
        }
    }

    private Optional<Queue> queue(String arn) {
        return root.all(Stack::queues).stream()
                .filter(queue -> queue.arn().equals(arn))
                .findFirst();
    }

    private void fault(String logicalPath, String reason) {
        faults.add(fileOf(logicalPath), lastOf(logicalPath), reason);
    }

    private void once(Map<String, String> owners, String key, String logicalPath, String what) {
        String owner = owners.putIfAbsent(key, logicalPath);
        if (owner != null) {
            fault(logicalPath, what + " is already that of " + owner);
        }
    }

    private Path fileOf(String logicalPath) {
        Scope at = scope;
        List<String> ids = List.of(logicalPath.split("/", -1));
        for (String id : ids.subList(0, ids.size() - 1)) {
            at = at.nested().get(id);
        }
        return at.file();
    }

    private static String lastOf(String logicalPath) {
        return logicalPath.substring(logicalPath.lastIndexOf('/') + 1);
    }
}
