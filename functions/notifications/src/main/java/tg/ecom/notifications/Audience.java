package tg.ecom.notifications;

/** As whom a person is told something. */
enum Audience {
    /** Recharges that fail cost who asks for them nothing. */
    PAYER(10),
    /** An order is three or four SMS, and one that is cancelled costs nothing either. */
    CUSTOMER(30),
    /** A store that sells more than that looks into the app anyway. */
    STORE(300);

    private final int smsADayMax;

    Audience(int smsADayMax) {
        this.smsADayMax = smsADayMax;
    }

    /** What is more stands in the app alone. */
    int smsADayMax() {
        return smsADayMax;
    }
}
