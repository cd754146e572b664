package tg.ecom.platform;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A value made when first asked for, once. A function instance serves one request at a time, so there is no race to
 * guard against.
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
    public T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }

    /** Uses the value if it was made. */
    public void ifMade(Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }
}
