package tg.ecom.platform;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The places where an instance may die between two things that must both happen: before and after each external call
 * and each commit. A host that tests crashes is told of each and may end the instance there, by throwing an error of
 * its own. In the cloud nobody listens.
 */
public final class Failpoints {
    private final Consumer<String> listener;

    Failpoints(Consumer<String> listener) {
        this.listener = listener;
    }

    /**
     * Makes a call between the points {@code name.before} and {@code name.after}. A call that throws does not reach the
     * second.
     *
     * @param name what is called, such as {@code http.yas.debit}
     */
    public <T> T around(String name, Supplier<T> call) {
        reached(name + ".before");
        T answer = call.get();
        reached(name + ".after");
        return answer;
    }

    void reached(String point) {
        listener.accept(point);
    }
}
