package tg.ecom.ledger;

import java.util.UUID;
import tg.ecom.kernel.WalletId;

/** The wallets of Ecom itself. They accumulate: payments insert into them and never lock them. */
public enum EcomWallet {
    /**
     * Money that YAS keeps for Ecom. It is below zero by what people recharged from there and have not taken out there.
     */
    FLOAT_YAS(1),
    /** The same at Flooz. */
    FLOAT_FLOOZ(2),
    /** The same at the card aggregator. */
    FLOAT_CARD(3),
    /** The same at PI-SPI. */
    FLOAT_PISPI(4),
    /** What Ecom earns. */
    COMMISSION(5),
    /** What Ecom pays operators for their service. */
    FEES(6);

    /** The migrations insert them under these ids. */
    private static final long IDS_HIGH = 0x0000_0000_0000_7000L;

    private static final long IDS_LOW = 0x8000_0000_0000_0000L;

    private final int number;

    EcomWallet(int number) {
        this.number = number;
    }

    /** The wallet's id, the same in every deployment. */
    public WalletId id() {
        return new WalletId(new UUID(IDS_HIGH, IDS_LOW | number));
    }

    /**
     * The float behind a payment method. @throws IllegalArgumentException for {@link PaymentMethod#WALLET}, which has
     * none
     */
    public static EcomWallet floatOf(PaymentMethod method) {
        return switch (method) {
            case YAS -> FLOAT_YAS;
            case FLOOZ -> FLOAT_FLOOZ;
            case VISA -> FLOAT_CARD;
            case PISPI -> FLOAT_PISPI;
            case WALLET -> throw new IllegalArgumentException("money inside comes from no operator");
        };
    }
}
