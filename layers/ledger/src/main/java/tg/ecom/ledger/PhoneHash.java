package tg.ecom.ledger;

import tg.ecom.kernel.Phone;
import tg.ecom.platform.KeyedHash;

/** How the directory knows phones without knowing any: by a keyed hash. */
@FunctionalInterface
public interface PhoneHash {
    /** The hash of a phone, the same wherever it is asked. */
    byte[] of(Phone phone);

    /** The hash under Ecom's hashing key for phones. */
    static PhoneHash keyed(KeyedHash hash) {
        return phone -> hash.of("phone", phone.e164());
    }
}
