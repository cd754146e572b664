package tg.ecom.kernel;

import java.util.UUID;

/** Something that a store sells. */
public record ProductId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
