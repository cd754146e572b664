package tg.ecom.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;

/**
 * What signing in needs to know of somebody.
 *
 * @param passwordHash of their password
 */
record Account(UserId user, UserType type, boolean suspended, String passwordHash) {
    static Optional<Account> ofPhone(Handle handle, Phone phone) {
        return handle.createQuery("""
                        select u.id, u.user_type, u.status, a.password_hash
                        from auth.users u
                        join auth.user_auth a on a.user_id = u.id
                        where u.phone = :phone
                        """)
                .bind("phone", phone)
                .map((row, context) -> account(row))
                .findOne();
    }

    /** @throws tg.ecom.kernel.ProblemException {@link AuthProblem.AccountSuspended} */
    Account usable() {
        if (suspended) {
            throw new AuthProblem.AccountSuspended().asException();
        }
        return this;
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new UserId(row.getObject("id", UUID.class)),
                UserType.of(row.getString("user_type")),
                row.getString("status").equals("suspended"),
                row.getString("password_hash"));
    }

    @Override
    public String toString() {
        return "account of user " + user;
    }
}
