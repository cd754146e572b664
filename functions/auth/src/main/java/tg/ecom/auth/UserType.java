package tg.ecom.auth;

import java.util.EnumSet;
import java.util.Set;
import tg.ecom.platform.Role;

/** What somebody signed up as. Everybody is also a client. */
public enum UserType {
    CLIENT(Role.CLIENT),
    DRIVER(Role.DRIVER),
    STORE_OWNER(Role.STORE_OWNER),
    ADMIN(Role.ADMIN);

    private final Role role;

    UserType(Role role) {
        this.role = role;
    }

    /** The name in the API and in SQL. */
    public String code() {
        return role.code();
    }

    /** The roles of somebody of this type. */
    public Set<Role> roles() {
        return EnumSet.of(Role.CLIENT, role);
    }

    static UserType of(String code) {
        return valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }
}
