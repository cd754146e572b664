package tg.ecom.kernel;

import java.util.UUID;

/** Something that happened, by which those who are told know whether they had it. */
public record EventId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
