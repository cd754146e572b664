package tg.ecom.kernel;

import java.util.UUID;

/** A person. */
public record UserId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
