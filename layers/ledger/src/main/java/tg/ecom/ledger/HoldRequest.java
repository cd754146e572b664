package tg.ecom.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.WalletId;

/**
 * Money to be promised.
 *
 * @param wallet a personal wallet
 * @param amount what is promised; it meets the wallet's caps now
 * @param category what for
 * @param expiresAt from when on it can't be captured and may be given back
 * @param relatedService the ride or the order that it waits for
 */
public record HoldRequest(
        WalletId wallet, Money amount, Category category, Instant expiresAt, Optional<UUID> relatedService) {}
