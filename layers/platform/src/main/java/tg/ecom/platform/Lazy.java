package tg.ecom.platform;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A value made when first asked for, once, whoever asks at the same time.
 *
 * @param <T> what is made
 */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private T value;

    /** Made by the maker, at the first {@link #get}. */
    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }

    /** Uses the value if it was made. */
    public synchronized void ifMade(Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }
}
