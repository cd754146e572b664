package tg.ecom.kernel;

import java.util.UUID;

/** A wallet. A person's own wallet has the person's id. */
public record WalletId(UUID value) implements Id {
    @Override
    public String toString() {
        return value.toString();
    }
}
