package tg.ecom.kernel;

import java.util.UUID;

/** Something that a person was told. */
public record NotificationId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
