package tg.ecom.platform;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who may call an operation that needs a token.
 *
 * @param roles any of these is enough
 */
public record Access(Set<Role> roles) {
    /** Everybody who is signed in. */
    public static final Access SIGNED_IN = new Access(EnumSet.allOf(Role.class));

    public Access {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an operation that nobody may call");
        }
        roles = Set.copyOf(roles);
    }

    /** Only people with one of these roles. */
    public static Access only(Role first, Role... others) {
        return new Access(EnumSet.of(first, others));
    }

    boolean allows(Set<Role> held) {
        return held.stream().anyMatch(roles::contains);
    }
}
