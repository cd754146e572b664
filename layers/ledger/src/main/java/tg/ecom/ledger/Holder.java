package tg.ecom.ledger;

import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;

/**
 * Somebody who can be paid.
 *
 * @param user who
 * @param wallet where to
 * @param displayName what others may see of the name, such as {@code Kossi A.}
 */
public record Holder(UserId user, WalletId wallet, String displayName) {}
