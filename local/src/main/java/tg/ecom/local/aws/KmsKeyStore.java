package tg.ecom.local.aws;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Where KMS's keys and aliases are kept. */
final class KmsKeyStore {
    /** An alias and the key it stands for. */
    record Alias(String name, UUID keyId, Instant createdAt) {}

    private static final String ARN_PREFIX = Account.arn("kms", "");
    private static final String ALIAS_PREFIX = "alias/";
    private static final String KEY_PREFIX = "key/";

    private final Jdbi jdbi;
    private final InstantSource clock;

    KmsKeyStore(CloudDatabase database, InstantSource clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    void add(KmsKey key) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into cloud.encryption_keys (id, description, material, enabled, created_at)
                        values (:id, :description, :material, :enabled, :createdAt)
                        """)
                .bind("id", key.id())
                .bind("description", key.description())
                .bind("material", key.material().bytes())
                .bind("enabled", key.enabled())
                .bind("createdAt", key.createdAt())
                .execute());
    }

    /** Finds by id, ARN, alias or alias ARN. */
    Optional<KmsKey> find(String reference) {
        String local = reference.startsWith(ARN_PREFIX) ? reference.substring(ARN_PREFIX.length()) : reference;
        if (local.startsWith(ALIAS_PREFIX)) {
            return alias(local).flatMap(alias -> find(alias.keyId()));
        }
        try {
            return find(UUID.fromString(local.startsWith(KEY_PREFIX) ? local.substring(KEY_PREFIX.length()) : local));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private Optional<KmsKey> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, description, material, enabled, created_at, deletion_at
                        from cloud.encryption_keys
                        where id = :id and (deletion_at is null or deletion_at > :now)
                        """)
                .bind("id", id)
                .bind("now", clock.instant())
                .map((row, context) -> key(row))
                .findOne());
    }

    List<KmsKey> list() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, description, material, enabled, created_at, deletion_at
                        from cloud.encryption_keys
                        where deletion_at is null or deletion_at > :now
                        order by id
                        """)
                .bind("now", clock.instant())
                .map((row, context) -> key(row))
                .list());
    }

    void setEnabled(UUID id, boolean enabled) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update cloud.encryption_keys set enabled = :enabled where id = :id")
                        .bind("enabled", enabled)
                        .bind("id", id)
                        .execute());
    }

    void planDeletion(UUID id, Instant time) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update cloud.encryption_keys set deletion_at = :time where id = :id")
                        .bind("time", time)
                        .bind("id", id)
                        .execute());
    }

    /** Adds an alias, or answers false when there is one of that name. */
    boolean addAlias(String name, UUID keyId) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                insert into cloud.encryption_key_aliases (name, key_id, created_at)
                                values (:name, :keyId, :now)
                                on conflict (name) do nothing
                                """)
                        .bind("name", name)
                        .bind("keyId", keyId)
                        .bind("now", clock.instant())
                        .execute())
                == 1;
    }

    Optional<Alias> alias(String name) {
        return aliases().stream().filter(alias -> alias.name().equals(name)).findFirst();
    }

    List<Alias> aliases() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select name, key_id, created_at from cloud.encryption_key_aliases order by name")
                .map((row, context) -> new Alias(
                        row.getString("name"),
                        row.getObject("key_id", UUID.class),
                        CloudDatabase.time(row, "created_at").orElseThrow()))
                .list());
    }

    private static KmsKey key(ResultSet row) throws SQLException {
        return new KmsKey(
                row.getObject("id", UUID.class),
                row.getString("description"),
                new SecretBytes(row.getBytes("material")),
                row.getBoolean("enabled"),
                CloudDatabase.time(row, "created_at").orElseThrow(),
                CloudDatabase.time(row, "deletion_at"));
    }
}
