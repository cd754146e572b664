package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.auth.Refusals.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Json;
import tg.ecom.platform.NoContent;
import tg.ecom.platform.Role;
import tg.ecom.platform.Surroundings;

/** From registering to signing out, each by its function. */
class AccountsTest {
    private static final String PASSWORD = "une phrase que je retiens";
    private static final int FAILURES_MAX = 5;
    private static final long TIMEOUT_S = 30;
    private static final int LOOKS_MAX = 3_000;

    private final Scene scene = new Scene();
    private final Surroundings around = scene.surroundings();
    private final Register register = scene.made(Register::new, Scene.SIGNING_KEYS, Scene.ENCRYPTION_KEY);
    private final Login login = scene.made(Login::new, Scene.SIGNING_KEYS);
    private final Phone phone = Scene.newPhone();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void registering_makesEverythingOrNothing() {
        Register.Answer made = register(token(phone), "afi@example.tg");
        assertEquals(
                List.of(1L, 1L, 3L, 1L, 1L, 1L),
                List.of(
                        scene.count("auth.users"),
                        scene.count("auth.user_auth"),
                        scene.count("auth.consents"),
                        scene.count("auth.sessions"),
                        scene.count("ledger.holders where user_id is not null"),
                        scene.count("ledger.wallets where id = '" + made.user().id() + "'")));
        String second = token(Scene.newPhone());
        refused("email_taken", () -> register(second, "afi@example.tg"));
        assertEquals(1, scene.count("auth.used_verification_tokens"));
        register(second, "ama@example.tg");
    }

    @Test
    void birthDateThatIsToCome_isRefused_andTheTokenStaysGood() {
        String token = token(phone);
        LocalDate today = LocalDate.ofInstant(scene.clock().instant(), ZoneOffset.UTC);
        for (LocalDate toCome : List.of(today.plusDays(1), LocalDate.of(9999, 12, 31))) {
            Register.Request unborn = request(token, "afi@example.tg", Optional.of(toCome));
            refused("invalid_value", () -> register.handle(Scene.VISITOR, unborn));
        }
        assertEquals(0, scene.count("auth.users"));
        register.handle(Scene.VISITOR, request(token, "afi@example.tg", Optional.of(today)));
        assertEquals(1, scene.count("auth.users"));
    }

    @Test
    void registeringTwiceByOneToken_isRefused() {
        String token = token(phone);
        register(token, "afi@example.tg");
        refused("verification_token_invalid", () -> register(token, "afi@example.tg"));
        refused("phone_taken", () -> register(token(phone), "ama@example.tg"));
        assertEquals(1, scene.count("auth.users"));
    }

    @Test
    void whatIsPrinted_isNoSecret() {
        Register.Request request = request("the-token", "afi@example.tg");
        Register.Answer made = register(token(phone), "afi@example.tg");
        String printed = request + " " + made + " " + new Login.Request(phone, PASSWORD);
        for (String secret : List.of(
                PASSWORD, "the-token", "afi@example.tg", made.tokens().refreshToken(), phone.e164(), "Mensah")) {
            assertFalse(printed.contains(secret), printed);
        }
    }

    @Test
    void login_needsThePassword_andLocksAfterFiveOthers() {
        register(token(phone), "afi@example.tg");
        login(phone, PASSWORD);
        for (int count = 0; count < FAILURES_MAX; count++) {
            refused("wrong_credentials", () -> login(phone, "faux"));
        }
        refused("login_locked", () -> login(phone, PASSWORD));
        scene.clock().advance(Duration.ofMinutes(15));
        login(phone, PASSWORD);
        assertEquals(0, scene.count("auth.login_failures"));
    }

    @Test
    void unknownPhone_isRefusedAndLocksLikeAKnownOne() {
        for (int count = 0; count < FAILURES_MAX; count++) {
            refused("wrong_credentials", () -> login(phone, PASSWORD));
        }
        refused("login_locked", () -> login(phone, PASSWORD));
    }

    @Test
    void suspendedPerson_isToldSo_onlyAfterTheRightPassword() {
        register(token(phone), "afi@example.tg");
        scene.superuser().useHandle(handle -> handle.execute("update auth.users set status = 'suspended'"));
        refused("wrong_credentials", () -> login(phone, "faux"));
        refused("account_suspended", () -> login(phone, PASSWORD));
    }

    @Test
    void logout_endsOneSession_orAllAndRaisesTheEpoch() {
        Register.Answer made = register(token(phone), "afi@example.tg");
        login(phone, PASSWORD);
        Caller other = caller(made.user().id(), login(phone, PASSWORD));
        Caller caller = caller(made.user().id(), made.tokens());
        logout(caller, false);
        assertEquals(2, live());
        assertEquals(0, epoch());
        assertEquals(2, sessions(caller).size());
        refused("session_revoked", () -> logout(caller, true));
        assertEquals(2, live());
        logout(other, true);
        assertEquals(0, live());
        assertEquals(1, epoch());
    }

    @Test
    void logoutOfAll_endsTheSessionThatIsJustBeingOpened() throws Exception {
        Register.Answer made = register(token(phone), "afi@example.tg");
        Caller caller = caller(made.user().id(), made.tokens());
        CompletableFuture<NoContent> ending = around.database().transact(transaction -> {
            new SessionBook(around).open(transaction, made.user().id(), UserType.CLIENT, "another device");
            CompletableFuture<NoContent> logout = CompletableFuture.supplyAsync(() -> logout(caller, true));
            awaitAWaitingStatement();
            return logout;
        });
        ending.get(TIMEOUT_S, TimeUnit.SECONDS);
        assertEquals(0, live());
    }

    @Test
    void sessions_areTheCallersOwn_theLastUsedFirst() {
        Register.Answer made = register(token(phone), "afi@example.tg");
        scene.clock().advance(Duration.ofSeconds(1));
        TokenPair second = login(phone, PASSWORD);
        scene.person();
        List<ListSessions.Session> items = sessions(caller(made.user().id(), made.tokens()));
        assertEquals(
                List.of(false, true),
                items.stream().map(ListSessions.Session::current).toList());
        assertEquals(
                Scene.session(second.refreshToken(), around),
                items.getFirst().id().value());
        assertEquals("Ecom/1.0", items.getFirst().device());
        scene.clock().advance(TokenPair.REFRESH_LIFE);
        assertEquals(List.of(), sessions(caller(made.user().id(), made.tokens())));
    }

    @Test
    void refresh_commitsTheEndOfASessionThatItRefuses() {
        Refresh refresh = scene.made(Refresh::new, Scene.SIGNING_KEYS);
        String first = register(token(phone), "afi@example.tg").tokens().refreshToken();
        refresh.handle(Scene.VISITOR, new Refresh.Request(first));
        scene.clock().advance(Duration.ofSeconds(31));
        refused("refresh_token_invalid", () -> refresh.handle(Scene.VISITOR, new Refresh.Request(first)));
        assertEquals(0, live());
        assertEquals(1, scene.count("ledger.revoked_sessions"));
    }

    @Test
    void person_seesAndChangesThemselves_andOthersSeeTheNewName() {
        Register.Answer made = register(token(phone), "afi@example.tg");
        Caller caller = caller(made.user().id(), made.tokens());
        Me me = scene.made(Me::new, Scene.ENCRYPTION_KEY);
        assertEquals(made.user(), me.handle(caller, new Me.Request()));
        UpdateMe updateMe = scene.made(UpdateMe::new, Scene.ENCRYPTION_KEY);
        User changed =
                updateMe.handle(caller, new UpdateMe.Request(Optional.of(" Ama "), Optional.empty(), Optional.empty()));
        assertEquals("Ama", changed.firstName());
        assertEquals(changed, me.handle(caller, new Me.Request()));
        assertEquals(1, scene.count("ledger.holders where display_name = 'Ama M.'"));
        Caller nobody = caller(new UserId(Uuid7.next(scene.clock())), made.tokens());
        refused("not_found", () -> me.handle(nobody, new Me.Request()));
    }

    @Test
    void othersAreTold_howToReachWhoRegistersOrChangesTheirLanguage_andNoPhoneIsRead() {
        Register.Answer made = register(token(phone), "afi@example.tg");
        Caller caller = caller(made.user().id(), made.tokens());
        UpdateMe updateMe = scene.made(UpdateMe::new, Scene.ENCRYPTION_KEY);
        updateMe.handle(caller, new UpdateMe.Request(Optional.of("Ama"), Optional.empty(), Optional.empty()));
        updateMe.handle(
                caller, new UpdateMe.Request(Optional.empty(), Optional.empty(), Optional.of(Language.ENGLISH)));
        String who = made.user().id().toString();
        assertEquals(
                List.of(
                        "user.registered " + who + " 1 " + who + " fr " + phone.e164(),
                        "user.updated " + who + " 3 " + who + " en " + phone.e164()),
                scene.superuser()
                        .withHandle(handle -> handle.createQuery("select * from platform.outbox order by xid")
                                .map((row, context) -> told(row, who))
                                .list()));
    }

    private String told(ResultSet event, String who) throws SQLException {
        String payload = event.getString("payload");
        assertFalse(payload.contains(phone.e164().substring(4)), payload);
        try {
            JsonNode contact = Json.mapper().readTree(payload);
            return String.join(
                    " ",
                    event.getString("type"),
                    event.getString("subject_id"),
                    event.getString("subject_version"),
                    contact.path("user_id").asText(),
                    contact.path("language").asText(),
                    around.vault().decrypt(contact.path("phone_encrypted").binaryValue(), "users.phone/" + who));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void publicKeys_areAnsweredWithoutWhatIsPrivate() {
        Jwks jwks = scene.made(Jwks::new);
        List<java.util.Map<String, Object>> keys =
                jwks.handle(Scene.VISITOR, new Jwks.Request()).keys();
        assertEquals(1, keys.size());
        assertTrue(keys.getFirst().keySet().containsAll(Set.of("kty", "kid", "use", "alg", "crv", "x", "y")));
        assertFalse(keys.getFirst().containsKey("d"));
    }

    /** Until some statement waits for a lock that another transaction holds. */
    private void awaitAWaitingStatement() {
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            if (scene.count("pg_locks where not granted") > 0) {
                return;
            }
        }
        throw new IllegalStateException("nobody waits");
    }

    private NoContent logout(Caller caller, boolean all) {
        return scene.made(Logout::new).handle(caller, new Logout.Request(all));
    }

    private List<ListSessions.Session> sessions(Caller caller) {
        return scene.made(ListSessions::new)
                .handle(caller, new ListSessions.Request())
                .items();
    }

    private TokenPair login(Phone of, String password) {
        return login.handle(Scene.VISITOR, new Login.Request(of, password));
    }

    private Register.Answer register(String token, String email) {
        return register.handle(Scene.VISITOR, request(token, email));
    }

    private static Register.Request request(String token, String email) {
        return request(token, email, Optional.empty());
    }

    private static Register.Request request(String token, String email, Optional<LocalDate> dateOfBirth) {
        return new Register.Request(
                token,
                "Afi",
                "Mensah",
                PASSWORD,
                UserType.CLIENT,
                Optional.of(email),
                dateOfBirth,
                Optional.empty(),
                new Register.Consents(true, true, Optional.empty()));
    }

    private String token(Phone of) {
        return VerificationTokens.issue(new AccessTokens(around), of, VerificationType.REGISTRATION, scene.clock());
    }

    private Caller caller(UserId user, TokenPair tokens) {
        return new Caller(
                user,
                Set.of(Role.CLIENT),
                new SessionId(Scene.session(tokens.refreshToken(), around)),
                0,
                Scene.VISITOR,
                Optional.empty());
    }

    private long live() {
        return scene.count("auth.sessions where revoked_at is null");
    }

    private long epoch() {
        return scene.superuser()
                .withHandle(
                        handle -> handle.createQuery("select session_epoch from ledger.wallets where kind = 'personal'")
                                .mapTo(Long.class)
                                .one());
    }
}
