package tg.ecom.kernel;

import java.util.UUID;

/** A transfer: entries that sum to zero. */
public record TransferId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
