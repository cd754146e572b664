package tg.ecom.local.aws;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Where secrets, their versions and the stages of these are kept. */
final class SecretStore {
    static final String CURRENT = "AWSCURRENT";
    static final String PENDING = "AWSPENDING";
    static final String PREVIOUS = "AWSPREVIOUS";

    /** A version; without a value when a rotation has begun and not yet filled it. */
    record Version(String id, Optional<SecretValue> value, Instant createdAt) {}

    private static final String COLUMNS = """
            select arn, name, description, key_id, rotation_function, rotation_days, rotated_at,
                   created_at, changed_at, deletion_at
            from cloud.secrets
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    SecretStore(CloudDatabase database, InstantSource clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /** Finds by name or ARN; one whose deletion is due is gone. */
    Optional<Secret> find(String reference) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + """
                        where (name = :reference or arn = :reference)
                            and (deletion_at is null or deletion_at > :now)
                        """)
                .bind("reference", reference)
                .bind("now", clock.instant())
                .map((row, context) -> secret(row))
                .findOne());
    }

    /** Up to that many, by name, after one. */
    List<Secret> list(String after, int count) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + "where name > :after and deletion_at is null order by name limit :count")
                .bind("after", after)
                .bind("count", count)
                .map((row, context) -> secret(row))
                .list());
    }

    /** Adds a secret, with a first version if it has a value, or answers false when there is one of that name. */
    boolean add(Secret secret, String versionId, Optional<SecretValue> value) {
        return jdbi.inTransaction(handle -> {
            removeDeleted(handle);
            int added = handle.createUpdate("""
                            insert into cloud.secrets (arn, name, description, key_id, created_at, changed_at)
                            values (:arn, :name, :description, :keyId, :createdAt, :createdAt)
                            on conflict (name) do nothing
                            """)
                    .bind("arn", secret.arn())
                    .bind("name", secret.name())
                    .bind("description", secret.description())
                    .bind("keyId", secret.keyId())
                    .bind("createdAt", secret.createdAt())
                    .execute();
            if (added == 1 && value.isPresent()) {
                put(handle, secret.arn(), versionId, value, List.of(CURRENT));
            }
            return added == 1;
        });
    }

    private void removeDeleted(Handle handle) {
        handle.createUpdate("delete from cloud.secrets where deletion_at <= :now")
                .bind("now", clock.instant())
                .execute();
    }

    /** Writes everything of a secret that may change. */
    void update(Secret secret) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update cloud.secrets
                        set description = :description, key_id = :keyId, rotation_function = :rotationFunction,
                            rotation_days = :rotationDays, rotated_at = :rotatedAt, changed_at = :now,
                            deletion_at = :deletionAt
                        where arn = :arn
                        """)
                .bind("description", secret.description())
                .bind("keyId", secret.keyId())
                .bind("rotationFunction", secret.rotationFunction())
                .bind("rotationDays", secret.rotationDays())
                .bind("rotatedAt", secret.rotatedAt())
                .bind("deletionAt", secret.deletionAt())
                .bind("now", clock.instant())
                .bind("arn", secret.arn())
                .execute());
    }

    void delete(String arn) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from cloud.secrets where arn = :arn")
                .bind("arn", arn)
                .execute());
    }

    Optional<Version> version(String arn, String versionId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select version_id, secret_string, secret_binary, created_at
                        from cloud.secret_versions
                        where arn = :arn and version_id = :versionId
                        """)
                .bind("arn", arn)
                .bind("versionId", versionId)
                .map((row, context) -> new Version(
                        row.getString("version_id"),
                        value(row),
                        CloudDatabase.time(row, "created_at").orElseThrow()))
                .findOne());
    }

    /** Adds a version or fills an empty one, and gives it the stages. */
    void put(String arn, String versionId, Optional<SecretValue> value, List<String> stages) {
        jdbi.useTransaction(handle -> put(handle, arn, versionId, value, stages));
    }

    private void put(Handle handle, String arn, String versionId, Optional<SecretValue> value, List<String> stages) {
        handle.createUpdate("""
                        insert into cloud.secret_versions
                            (arn, version_id, secret_string, secret_binary, created_at)
                        values (:arn, :versionId, :text, :bytes, :now)
                        on conflict (arn, version_id) do update
                        set secret_string = excluded.secret_string, secret_binary = excluded.secret_binary
                        """)
                .bind("arn", arn)
                .bind("versionId", versionId)
                .bind("text", value.map(SecretStore::text).orElse(null))
                .bind("bytes", value.map(SecretStore::bytes).orElse(null))
                .bind("now", clock.instant())
                .execute();
        stages.forEach(stage -> setStage(handle, arn, stage, versionId));
    }

    /** Moves a stage to a version. */
    void moveStage(String arn, String stage, String versionId) {
        jdbi.useTransaction(handle -> setStage(handle, arn, stage, versionId));
    }

    /** AWSCURRENT leaves AWSPREVIOUS behind, where it was before. */
    private void setStage(Handle handle, String arn, String stage, String versionId) {
        if (stage.equals(CURRENT)) {
            handle.createUpdate("""
                            insert into cloud.secret_stages (arn, stage, version_id)
                            select arn, :previous, version_id from cloud.secret_stages
                            where arn = :arn and stage = :stage and version_id <> :versionId
                            on conflict (arn, stage) do update set version_id = excluded.version_id
                            """)
                    .bind("previous", PREVIOUS)
                    .bind("arn", arn)
                    .bind("stage", stage)
                    .bind("versionId", versionId)
                    .execute();
        }
        handle.createUpdate("""
                        insert into cloud.secret_stages (arn, stage, version_id)
                        values (:arn, :stage, :versionId)
                        on conflict (arn, stage) do update set version_id = excluded.version_id
                        """)
                .bind("arn", arn)
                .bind("stage", stage)
                .bind("versionId", versionId)
                .execute();
        handle.createUpdate("update cloud.secrets set changed_at = :now where arn = :arn")
                .bind("now", clock.instant())
                .bind("arn", arn)
                .execute();
    }

    void removeStage(String arn, String stage) {
        jdbi.useHandle(
                handle -> handle.createUpdate("delete from cloud.secret_stages where arn = :arn and stage = :stage")
                        .bind("arn", arn)
                        .bind("stage", stage)
                        .execute());
    }

    /** Which version has which stage. */
    Map<String, String> stages(String arn) {
        return jdbi.withHandle(handle -> handle
                .createQuery("select stage, version_id from cloud.secret_stages where arn = :arn order by stage")
                .bind("arn", arn)
                .map((row, context) -> Map.entry(row.getString("stage"), row.getString("version_id")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
    }

    private static String text(SecretValue value) {
        return value instanceof SecretValue.OfText(String text) ? text : null;
    }

    private static byte[] bytes(SecretValue value) {
        return value instanceof SecretValue.OfBytes(SecretBytes bytes) ? bytes.bytes() : null;
    }

    private static Optional<SecretValue> value(ResultSet row) throws SQLException {
        String text = row.getString("secret_string");
        if (text != null) {
            return Optional.of(new SecretValue.OfText(text));
        }
        return Optional.ofNullable(row.getBytes("secret_binary"))
                .map(bytes -> new SecretValue.OfBytes(new SecretBytes(bytes)));
    }

    private static Secret secret(ResultSet row) throws SQLException {
        return new Secret(
                row.getString("arn"),
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                Optional.ofNullable(row.getString("key_id")),
                Optional.ofNullable(row.getString("rotation_function")),
                Optional.ofNullable(row.getObject("rotation_days", Integer.class)),
                CloudDatabase.time(row, "rotated_at"),
                CloudDatabase.time(row, "created_at").orElseThrow(),
                CloudDatabase.time(row, "changed_at").orElseThrow(),
                CloudDatabase.time(row, "deletion_at"));
    }
}
