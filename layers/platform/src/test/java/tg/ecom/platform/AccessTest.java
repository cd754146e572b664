package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
    @Test
    void anyOneOfTheRoles_isEnough_andOthersAreNot() {
        Access access = Access.only(Role.ADMIN, Role.DRIVER);
        assertTrue(access.allows(Set.of(Role.DRIVER)));
        assertTrue(access.allows(Set.of(Role.CLIENT, Role.ADMIN)));
        assertFalse(access.allows(Set.of(Role.CLIENT, Role.STORE_OWNER)));
        assertFalse(access.allows(Set.of()));
    }

    @ParameterizedTest
    @EnumSource
    void everybodySignedIn_hasOneRoleAtLeast(Role role) {
        assertTrue(Access.SIGNED_IN.allows(Set.of(role)));
        assertFalse(Access.SIGNED_IN.allows(Set.of()));
        assertEquals(role, Role.of(role.code()));
    }

    @Test
    void accessForNobody_isAMistake() {
        assertThrows(IllegalArgumentException.class, () -> new Access(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> Role.of("king"));
    }
}
