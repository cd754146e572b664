package tg.ecom.local.queues;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.aws.AwsService;

/** SQS, telling who wants to know when there may be a message to receive that was not there before. */
public final class ObservedQueues implements AwsService {
    /** Operations, with their batches, after which a receive may find more. */
    private static final List<String> FILLING = List.of("SendMessage", "ChangeMessageVisibility", "StartMessageMove");

    private final AwsService queues;
    private final List<Runnable> observers = new CopyOnWriteArrayList<>();

    /** Hands everything on to that service. */
    public ObservedQueues(AwsService queues) {
        this.queues = queues;
    }

    /** Has an observer called after each request that may have brought a message, on the thread that made it. */
    public void observe(Runnable observer) {
        observers.add(observer);
    }

    @Override
    public String signingName() {
        return queues.signingName();
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        AwsResponse response = queues.handle(request);
        String target = request.header("x-amz-target").orElse("");
        if (FILLING.stream().anyMatch(operation -> target.startsWith("AmazonSQS." + operation))) {
            observers.forEach(Runnable::run);
        }
        return response;
    }
}
