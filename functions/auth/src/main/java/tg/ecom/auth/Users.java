package tg.ecom.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.KeyedHash;
import tg.ecom.platform.Vault;

/** The people: auth.users, with what is sensitive encrypted. */
final class Users {
    static final String LANGUAGE = """
            select language
            from auth.users
            where phone = :phone
            """;

    static final String SELECT = """
            select
                id, phone, email_encrypted, first_name, last_name, date_of_birth_encrypted, user_type, status, language,
                phone_verified, email_verified, created_at
            from auth.users
            """;

    private final Vault vault;
    private final KeyedHash hash;

    Users(Vault vault, KeyedHash hash) {
        this.vault = vault;
        this.hash = hash;
    }

    /** Somebody's own data. */
    Optional<User> find(Handle handle, UserId id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((row, context) -> user(row))
                .findOne();
    }

    /** In which language to write to who has that phone. @return empty when the phone has no account */
    static Optional<Language> language(Handle handle, Phone phone) {
        return handle.createQuery(LANGUAGE)
                .bind("phone", phone)
                .mapTo(String.class)
                .findOne()
                .map(Language::of);
    }

    /**
     * Enters somebody.
     *
     * @throws tg.ecom.kernel.ProblemException {@link AuthProblem.PhoneTaken} or {@link AuthProblem.EmailTaken}
     */
    void insert(Handle transaction, User user) {
        int inserted = transaction
                .createUpdate("""
                        insert into auth.users (
                            id, phone, email_encrypted, email_hash, first_name, last_name, date_of_birth_encrypted,
                            user_type, status, language, created_at, updated_at)
                        values (
                            :id, :phone, :email_encrypted, :email_hash, :first_name, :last_name,
                            :date_of_birth_encrypted, cast(:user_type as auth.user_type), 'active', :language, :now,
                            :now)
                        on conflict do nothing
                        """)
                .bind("id", user.id())
                .bind("phone", user.phone())
                .bind("email_encrypted", encrypted(user.email(), "users.email", user.id()))
                .bind("email_hash", user.email().map(this::emailHash).orElse(null))
                .bind("first_name", user.firstName())
                .bind("last_name", user.lastName())
                .bind(
                        "date_of_birth_encrypted",
                        encrypted(user.dateOfBirth().map(LocalDate::toString), "users.date_of_birth", user.id()))
                .bind("user_type", user.userType().code())
                .bind("language", user.language().code())
                .bind("now", user.createdAt())
                .execute();
        if (inserted == 0) {
            throw (phoneIsTaken(transaction, user.phone())
                            ? new AuthProblem.PhoneTaken()
                            : new AuthProblem.EmailTaken())
                    .asException();
        }
    }

    /** Changes what is given. @return the person as they are then; empty when there is none */
    Optional<User> update(
            Handle handle,
            UserId id,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<Language> language,
            Instant now) {
        return handle.createQuery("""
                        update auth.users
                        set
                            first_name = coalesce(:first_name, first_name),
                            last_name = coalesce(:last_name, last_name),
                            language = coalesce(:language, language),
                            version = version + 1,
                            updated_at = :now
                        where id = :id
                        returning
                            id, phone, email_encrypted, first_name, last_name, date_of_birth_encrypted, user_type,
                            status, language, phone_verified, email_verified, created_at
                        """)
                .bind("first_name", firstName.orElse(null))
                .bind("last_name", lastName.orElse(null))
                .bind("language", language.map(Language::code).orElse(null))
                .bind("now", now)
                .bind("id", id)
                .map((row, context) -> user(row))
                .findOne();
    }

    private static boolean phoneIsTaken(Handle transaction, Phone phone) {
        return transaction
                .createQuery("select exists (select from auth.users where phone = :phone)")
                .bind("phone", phone)
                .mapTo(Boolean.class)
                .one();
    }

    private byte[] emailHash(String email) {
        return hash.of("email", email.toLowerCase(Locale.ROOT));
    }

    private byte[] encrypted(Optional<String> value, String column, UserId id) {
        return value.map(text -> vault.encrypt(text, column + "/" + id)).orElse(null);
    }

    private Optional<String> decrypted(ResultSet row, String name, String column, UserId id) throws SQLException {
        return Optional.ofNullable(row.getBytes(name)).map(stored -> vault.decrypt(stored, column + "/" + id));
    }

    private User user(ResultSet row) throws SQLException {
        UserId id = new UserId(row.getObject("id", UUID.class));
        return new User(
                id,
                Phone.of(row.getString("phone")),
                decrypted(row, "email_encrypted", "users.email", id),
                row.getString("first_name"),
                row.getString("last_name"),
                decrypted(row, "date_of_birth_encrypted", "users.date_of_birth", id)
                        .map(LocalDate::parse),
                UserType.of(row.getString("user_type")),
                User.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Language.of(row.getString("language")),
                row.getBoolean("phone_verified"),
                row.getBoolean("email_verified"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
