package tg.ecom.kernel;

import java.util.UUID;

/** One entry of a transfer; the API's transaction. */
public record EntryId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
