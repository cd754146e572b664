package tg.ecom.auth;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.EventFunction;

/**
 * Makes somebody who has an account an administrator. No route leads here: it is for who may invoke functions in the
 * AWS account. The person is one from their next log-in or refresh on.
 */
public final class AppointAdministrator extends EventFunction<AppointAdministrator.Appointment> {
    private static final Logger LOG = LoggerFactory.getLogger(AppointAdministrator.class);

    static final String APPOINT = """
            update auth.users
            set user_type = 'admin', version = version + 1, updated_at = :now
            where phone = :phone
            returning id
            """;

    /** Whom. */
    public record Appointment(Phone phone) {}

    /** Changes what people are. */
    public AppointAdministrator() {
        super(DatabaseSettings.class);
    }

    @Override
    protected void handle(Appointment appointment) {
        UserId appointed = database()
                .call(handle -> appoint(handle, appointment.phone()))
                .orElseThrow(() -> new IllegalArgumentException("there is no account with that phone"));
        LOG.info("user {} is an administrator", appointed);
    }

    private Optional<UserId> appoint(Handle handle, Phone phone) {
        return handle.createQuery(APPOINT)
                .bind("phone", phone)
                .bind("now", clock().instant())
                .mapTo(UserId.class)
                .findOne();
    }
}
