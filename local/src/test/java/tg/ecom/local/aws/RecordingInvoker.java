package tg.ecom.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tg.ecom.local.lambda.Invoker;

/** Functions that a test gives as lambdas, and what they were called with. */
final class RecordingInvoker implements Invoker {
    /** A call of a function. */
    record Invocation(String function, String payload) {}

    private final List<Invocation> invocations = new CopyOnWriteArrayList<>();
    private volatile Function<String, Result> behaviour = payload -> succeeded("null");

    static Result succeeded(String payload) {
        return new Result(payload.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    static Result failed(String payload) {
        return new Result(payload.getBytes(StandardCharsets.UTF_8), Optional.of("Unhandled"));
    }

    /** Answers all calls so from now on, and forgets those before. */
    void behave(Function<String, Result> newBehaviour) {
        behaviour = newBehaviour;
        invocations.clear();
    }

    List<Invocation> invocations() {
        return List.copyOf(invocations);
    }

    @Override
    public Result invoke(String function, byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        invocations.add(new Invocation(function, text));
        return behaviour.apply(text);
    }

    @Override
    public void invokeEvent(String function, byte[] payload) {
        invocations.add(new Invocation(function, new String(payload, StandardCharsets.UTF_8)));
    }
}
