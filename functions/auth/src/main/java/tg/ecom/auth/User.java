package tg.ecom.auth;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;

/** A person as the API shows them to themselves. */
public record User(
        UserId id,
        Phone phone,
        Optional<String> email,
        String firstName,
        String lastName,
        Optional<LocalDate> dateOfBirth,
        UserType userType,
        Status status,
        Language language,
        boolean phoneVerified,
        boolean emailVerified,
        Instant createdAt) {

    /** Whether the account may be used. */
    public enum Status {
        ACTIVE,
        SUSPENDED,
        PENDING_VERIFICATION
    }

    @Override
    public String toString() {
        return "user " + id;
    }
}
