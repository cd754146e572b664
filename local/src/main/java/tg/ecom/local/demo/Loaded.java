package tg.ecom.local.demo;

import tg.ecom.kernel.Phone;
import tg.ecom.kernel.StoreId;

/**
 * What the demo's town has once it is loaded, and some of whom one can be there.
 *
 * @param added what of it was not there before
 * @param password of everybody
 * @param customer one who has money
 * @param owner one of a store that closes
 * @param roundTheClockStore the one that never does
 */
public record Loaded(
        int stores,
        int products,
        int people,
        Added added,
        String password,
        Login customer,
        Owner owner,
        Login administrator,
        RoundTheClockStore roundTheClockStore) {

    /** What a load has added. */
    public record Added(int stores, int products, int people) {}

    /** Somebody to log in as. */
    public record Login(Phone phone, String name) {}

    /** Somebody to log in as, and the store that is theirs. */
    public record Owner(Phone phone, String name, StoreId storeId, String store) {
        /** Without the store. */
        public Login login() {
            return new Login(phone, name);
        }
    }

    /** A store to order from at any hour, and who owns it. */
    public record RoundTheClockStore(StoreId storeId, String name, Phone ownerPhone) {}
}
