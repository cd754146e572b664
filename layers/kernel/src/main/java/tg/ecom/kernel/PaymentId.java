package tg.ecom.kernel;

import java.util.UUID;

/** Money asked of an operator; also the id of the entry that completes it. */
public record PaymentId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
