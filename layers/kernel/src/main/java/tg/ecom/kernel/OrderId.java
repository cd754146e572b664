package tg.ecom.kernel;

import java.util.UUID;

/** What somebody bought at a store; also the execution of its saga. */
public record OrderId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
