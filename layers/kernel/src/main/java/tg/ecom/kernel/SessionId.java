package tg.ecom.kernel;

import java.util.UUID;

/** A signed-in device: one family of refresh tokens. */
public record SessionId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
