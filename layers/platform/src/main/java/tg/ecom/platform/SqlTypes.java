package tg.ecom.platform;

import java.lang.reflect.Constructor;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;
import tg.ecom.kernel.Id;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;

/** How kernel's values are bound to and read from SQL. */
final class SqlTypes {
    private SqlTypes() {}

    static void register(Jdbi jdbi) {
        jdbi.registerArgument((ArgumentFactory) SqlTypes::argument);
        jdbi.registerColumnMapper((ColumnMapperFactory) SqlTypes::idMapper);
        jdbi.registerColumnMapper(Money.class, (row, column, context) -> {
            long amount = row.getLong(column);
            return row.wasNull() ? null : new Money(amount);
        });
        jdbi.registerColumnMapper(Phone.class, (row, column, context) -> {
            String e164 = row.getString(column);
            return e164 == null ? null : Phone.of(e164);
        });
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        });
    }

    private static Optional<Argument> argument(java.lang.reflect.Type type, Object value, ConfigRegistry config) {
        if (value == null) {
            return Optional.empty();
        }
        return switch (value) {
            case Id id -> Optional.of((position, statement, context) -> statement.setObject(position, id.value()));
            case Money money ->
                Optional.of((position, statement, context) -> statement.setLong(position, money.amount()));
            case Phone phone ->
                Optional.of((position, statement, context) -> statement.setString(position, phone.e164()));
            case Instant time ->
                Optional.of((position, statement, context) ->
                        statement.setObject(position, time.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE));
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnMapper<?>> idMapper(java.lang.reflect.Type type, ConfigRegistry config) {
        Class<?> raw = GenericTypes.getErasedType(type);
        if (!Id.class.isAssignableFrom(raw) || !raw.isRecord()) {
            return Optional.empty();
        }
        Constructor<?> constructor = raw.getConstructors()[0];
        return Optional.of((row, column, context) -> id(constructor, row.getObject(column, UUID.class)));
    }

    private static Object id(Constructor<?> constructor, UUID value) {
        try {
            return value == null ? null : constructor.newInstance(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
