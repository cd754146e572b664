package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.auth.Refusals.refused;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;
import tg.ecom.platform.Surroundings;

/** Every statement of every operation, as it is, on tables large enough for a sequential scan to be a mistake. */
class IndexesTest {
    private static final String PASSWORD = "une phrase que je retiens";
    private static final int LOOKS_MAX = 3_000;

    private final Scene scene = new Scene();
    private final Surroundings around = scene.surroundings();

    @BeforeEach
    void manyPeople() {
        scene.superuser().useHandle(handle -> {
            handle.execute("""
                    insert into auth.users (
                        id, phone, email_hash, email_encrypted, first_name, last_name, user_type, language, created_at,
                        updated_at)
                    select
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), '+2287' || n,
                        int8send(n), int8send(n), 'Afi', 'Mensah', 'client', 'fr', '2026-11-23T08:00:00Z',
                        '2026-11-23T08:00:00Z'
                    from generate_series(1000000, 1010000) n
                    """);
            handle.execute("""
                    insert into auth.user_auth (user_id, password_hash, created_at)
                    select id, '-', created_at from auth.users on conflict do nothing
                    """);
            handle.execute("""
                    insert into auth.sessions (
                        id, user_id, device, current_hash, rotated_at, created_at, last_used_at, expires_at)
                    select id, id, 'app', '\\x00', created_at, created_at, created_at, '2026-12-23T08:00:00Z'
                    from auth.users
                    """);
            handle.execute("""
                    insert into auth.login_failures (phone_hash, failed_attempts, updated_at)
                    select uuid_send(id), 1, '2026-11-23T06:00:00Z' from auth.users
                    """);
            handle.execute("""
                    insert into auth.used_verification_tokens (jti, used_at) select id, created_at from auth.users
                    """);
            handle.execute("""
                    insert into auth.consents (user_id, purpose, given, decided_at)
                    select id, 'terms', true, created_at from auth.users
                    """);
            handle.execute("vacuum analyze");
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everyOperation_findsItsRowsByIndex() {
        Phone phone = Scene.newPhone();
        Register.Answer made = checked(
                scene.made(Register::new, Scene.SIGNING_KEYS, Scene.ENCRYPTION_KEY),
                register -> register(register, phone));
        checked(
                scene.made(Register::new, Scene.SIGNING_KEYS, Scene.ENCRYPTION_KEY),
                register -> refused("phone_taken", () -> register(register, phone)));
        TokenPair tokens = checked(
                scene.made(Login::new, Scene.SIGNING_KEYS),
                login -> login.handle(Scene.VISITOR, new Login.Request(phone, PASSWORD)));
        checked(
                scene.made(Refresh::new, Scene.SIGNING_KEYS),
                refresh -> refresh.handle(Scene.VISITOR, new Refresh.Request(tokens.refreshToken())));
        SessionId session = new SessionId(Scene.session(tokens.refreshToken(), around));
        Caller caller = new Caller(made.user().id(), Set.of(Role.CLIENT), session, 0, Scene.VISITOR, Optional.empty());
        checked(scene.made(ListSessions::new), list -> list.handle(caller, new ListSessions.Request()));
        checked(scene.made(Me::new, Scene.ENCRYPTION_KEY), me -> me.handle(caller, new Me.Request()));
        checked(
                scene.made(UpdateMe::new, Scene.ENCRYPTION_KEY),
                update -> update.handle(
                        caller, new UpdateMe.Request(Optional.of("Ama"), Optional.empty(), Optional.empty())));
        checked(scene.made(Logout::new), logout -> logout.handle(caller, new Logout.Request(true)));
        checked(scene.made(Logout::new), logout -> logout.handle(caller, new Logout.Request(false)));
    }

    @Test
    void codes_findWhoTheyAreForByIndex() {
        Codes codes = new Codes(scene.tables(), around);
        Phone phone = Scene.newPhone();
        checked(
                scene.made(Register::new, Scene.SIGNING_KEYS, Scene.ENCRYPTION_KEY),
                register -> register(register, phone));
        checked(
                scene.sendOtp(),
                send -> send.handle(Scene.VISITOR, new SendOtp.Request(phone, VerificationType.REGISTRATION)));
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        checked(
                scene.made(VerifyOtp::new, Scene.VERIFICATIONS, Scene.SIGNING_KEYS),
                verify -> verify.handle(Scene.VISITOR, new VerifyOtp.Request(code.verificationId(), code.digits())));
    }

    private Register.Answer register(Register register, Phone phone) {
        String token =
                VerificationTokens.issue(new AccessTokens(around), phone, VerificationType.REGISTRATION, scene.clock());
        return register.handle(
                Scene.VISITOR,
                new Register.Request(
                        token,
                        "Afi",
                        "Mensah",
                        PASSWORD,
                        UserType.CLIENT,
                        Optional.of("afi@example.tg"),
                        Optional.empty(),
                        Optional.empty(),
                        new Register.Consents(true, true, Optional.empty())));
    }

    /** Has a function do something, and compares PostgreSQL's own count of sequential scans before and after. */
    private <F extends AutoCloseable, T> T checked(F function, Function<F, T> work) {
        Map<String, Long> before = sequentialScans();
        T answer = work.apply(function);
        try {
            function.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        awaitTheEndOfConnections();
        assertEquals(before, sequentialScans(), function.getClass().getSimpleName());
        return answer;
    }

    /** A connection's counts are known when it has ended. */
    private void awaitTheEndOfConnections() {
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            if (scene.count("pg_stat_activity where usename = 'ecom_auth' and datname = current_database()") == 0) {
                return;
            }
        }
        throw new IllegalStateException("connections stay open");
    }

    private Map<String, Long> sequentialScans() {
        return scene.superuser()
                .withHandle(handle -> handle.createQuery(
                                "select relname, seq_scan from pg_stat_user_tables where schemaname = 'auth'")
                        .reduceRows(new TreeMap<String, Long>(), (scans, row) -> {
                            scans.put(row.getColumn("relname", String.class), row.getColumn("seq_scan", Long.class));
                            return scans;
                        }));
    }
}
