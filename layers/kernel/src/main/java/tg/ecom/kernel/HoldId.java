package tg.ecom.kernel;

import java.util.UUID;

/** Money set aside in a wallet for a later capture. */
public record HoldId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
