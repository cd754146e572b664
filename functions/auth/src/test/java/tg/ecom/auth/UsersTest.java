package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tg.ecom.auth.Refusals.refused;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.platform.Surroundings;
import tg.ecom.testing.Together;

/** People in a real PostgreSQL. */
class UsersTest {
    private static final int PARALLEL = 8;

    private final Scene scene = new Scene();
    private final Surroundings around = scene.surroundings();
    private final Users users = new Users(around.vault(), around.keyedHash());

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void person_isReadBackAsEntered() {
        User user = user(Scene.newPhone(), "afi@example.tg");
        insert(around, user);
        assertEquals(Optional.of(user), find(users, user));
        User bare = scene.newUser(Scene.newPhone());
        insert(around, bare);
        assertEquals(Optional.of(bare), find(users, bare));
    }

    @Test
    void emailAndBirthday_areEncrypted() {
        insert(around, user(Scene.newPhone(), "afi@example.tg"));
        String row = scene.superuser()
                .withHandle(handle -> handle.createQuery("select u::text from auth.users u")
                        .mapTo(String.class)
                        .one());
        for (String secret : new String[] {"afi@example.tg", "1990-02-03"}) {
            assertFalse(row.contains(secret), row);
            assertFalse(row.contains(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))), row);
        }
    }

    @Test
    void anotherInstance_decryptsToo() {
        User user = user(Scene.newPhone(), "afi@example.tg");
        insert(around, user);
        Surroundings other = scene.surroundings();
        assertEquals(Optional.of(user), find(new Users(other.vault(), other.keyedHash()), user));
    }

    @Test
    void encryptedEmail_isNoOneElses() {
        User first = user(Scene.newPhone(), "afi@example.tg");
        User second = user(Scene.newPhone(), "ama@example.tg");
        insert(around, first);
        insert(around, second);
        scene.superuser()
                .useHandle(handle ->
                        handle.execute("""
                update auth.users
                set email_encrypted = (select email_encrypted from auth.users where id = ?)
                where id = ?
                """, first.id().value(), second.id().value()));
        assertThrows(IllegalArgumentException.class, () -> find(users, second));
    }

    @Test
    void takenPhoneAndTakenEmail_areToldApart() {
        User first = user(Scene.newPhone(), "afi@example.tg");
        insert(around, first);
        refused("phone_taken", () -> insert(around, user(first.phone(), "other@example.tg")));
        refused("phone_taken", () -> insert(around, user(first.phone(), "afi@example.tg")));
        refused("email_taken", () -> insert(around, user(Scene.newPhone(), "AFI@Example.tg")));
        assertEquals(1, scene.count("auth.users"));
    }

    @Test
    void peopleWithoutEmail_areNotInEachOthersWay() {
        insert(around, scene.newUser(Scene.newPhone()));
        insert(around, scene.newUser(Scene.newPhone()));
        assertEquals(2, scene.count("auth.users"));
    }

    @Test
    void parallelRegistrationsOfOnePhone_areOne() {
        Phone phone = Scene.newPhone();
        assertEquals(1, Together.succeeded(PARALLEL, scene::surroundings, own -> insert(own, scene.newUser(phone))));
    }

    @Test
    void update_changesWhatIsGiven() {
        User user = user(Scene.newPhone(), "afi@example.tg");
        insert(around, user);
        User changed = around.database()
                .call(handle -> users.update(
                        handle,
                        user.id(),
                        Optional.of("Ama"),
                        Optional.empty(),
                        Optional.of(Language.ENGLISH),
                        scene.clock().instant()))
                .orElseThrow();
        assertEquals("Ama", changed.firstName());
        assertEquals("Mensah", changed.lastName());
        assertEquals(Language.ENGLISH, changed.language());
        assertEquals(Optional.of(changed), find(users, user));
    }

    @Test
    void languageOfAPhone_isItsHolders() {
        User user = scene.newUser(Scene.newPhone());
        insert(around, user);
        assertEquals(Optional.of(Language.FRENCH), language(user.phone()));
        assertEquals(Optional.empty(), language(Scene.newPhone()));
    }

    private Optional<Language> language(Phone phone) {
        return around.database().call(handle -> Users.language(handle, phone));
    }

    private Optional<User> find(Users by, User user) {
        return around.database().call(handle -> by.find(handle, user.id()));
    }

    private static void insert(Surroundings own, User user) {
        own.database().transact(transaction -> {
            new Users(own.vault(), own.keyedHash()).insert(transaction, user);
            return true;
        });
    }

    private User user(Phone phone, String email) {
        User plain = scene.newUser(phone);
        return new User(
                plain.id(),
                phone,
                Optional.of(email),
                plain.firstName(),
                plain.lastName(),
                Optional.of(LocalDate.parse("1990-02-03")),
                plain.userType(),
                plain.status(),
                plain.language(),
                true,
                false,
                plain.createdAt());
    }
}
