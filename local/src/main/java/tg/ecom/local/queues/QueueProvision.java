package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tg.ecom.local.template.Queue;

/** Makes the queues of the templates, and changes those that are there to what the templates say now. */
public final class QueueProvision {
    private final QueueService service;

    /** Makes them through that service. */
    public QueueProvision(QueueService service) {
        this.service = service;
    }

    /** Makes all of them. Queues of dead letters come first, since others name them. */
    public void make(List<Queue> queues) {
        List<Queue> ordered = new ArrayList<>(queues);
        ordered.sort(Comparator.comparing(queue -> queue.redrive().isPresent()));
        ordered.forEach(this::make);
    }

    private void make(Queue queue) {
        boolean exists = service.find("GetQueueUrl", QueueService.object().put("QueueName", queue.name()))
                .isPresent();
        ObjectNode input = QueueService.object();
        ObjectNode attributes = input.putObject("Attributes")
                .put("VisibilityTimeout", seconds(queue.visibilityTimeout().toSeconds()))
                .put("DelaySeconds", seconds(queue.delay().toSeconds()));
        queue.redrive()
                .ifPresent(redrive -> attributes.put(
                        "RedrivePolicy",
                        QueueService.object()
                                .put("deadLetterTargetArn", redrive.deadLetterArn())
                                .put("maxReceiveCount", redrive.receiveCountMax())
                                .toString()));
        if (exists) {
            service.call("SetQueueAttributes", input.put("QueueUrl", service.url(queue.name())));
        } else {
            if (queue.name().endsWith(".fifo")) {
                attributes.put("FifoQueue", "true");
            }
            service.call("CreateQueue", input.put("QueueName", queue.name()));
        }
    }

    private static String seconds(long count) {
        return Long.toString(count);
    }
}
