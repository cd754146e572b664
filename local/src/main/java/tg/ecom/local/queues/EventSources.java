package tg.ecom.local.queues;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Queue;
import tg.ecom.local.template.Stack;

/** All queues that functions are invoked from. */
public final class EventSources implements AutoCloseable {
    private final List<QueuePoller> pollers = new ArrayList<>();

    /**
     * Prepares a poller for each enabled event source of the templates.
     *
     * @param clock by which messages grow old and batches gather
     */
    public EventSources(Stack stack, QueueService service, Invoker invoker, InstantSource clock) {
        for (FunctionDefinition function : stack.all(Stack::functions)) {
            for (EventSource event : function.events()) {
                if (event instanceof EventSource.QueueSource source && source.enabled()) {
                    Queue queue = stack.all(Stack::queues).stream()
                            .filter(each -> each.arn().equals(source.queueArn()))
                            .findFirst()
                            .orElseThrow();
                    pollers.add(new QueuePoller(service, queue, source, function.name(), invoker, clock));
                }
            }
        }
    }

    /** Begins to poll; the queues are there by now. */
    public void start() {
        pollers.forEach(QueuePoller::start);
    }

    /** Has all pollers look at once: the clock was moved, or somebody sent a message. */
    public void look() {
        pollers.forEach(QueuePoller::look);
    }

    @Override
    public void close() {
        pollers.forEach(QueuePoller::close);
    }
}
