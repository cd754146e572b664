package tg.ecom.kernel;

import java.util.UUID;

/** A shop of the marketplace; also the wallet of what Ecom owes it. */
public record StoreId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
