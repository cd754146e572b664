package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;
import tg.ecom.local.aws.KeptConnections;

/**
 * Reads the product's database as a function of wallet may, over connections that can't write: a tool that looks must
 * not be able to move a franc.
 */
public final class LedgerReader {
    private static final int CONNECTIONS_MAX = 2;

    private final Supplier<Map<String, String>> environment;
    private KeptConnections connections;

    /** With the settings that a function of that environment would have; connected at the first use. */
    public LedgerReader(Supplier<Map<String, String>> environment) {
        this.environment = environment;
    }

    /** The rows of a query, each an object with a member a column. */
    List<ObjectNode> rows(String query, Map<String, ?> parameters) {
        return connections()
                .jdbi()
                .withHandle(handle -> handle.createQuery(query)
                        .bindMap(parameters)
                        .map((row, context) -> object(row))
                        .list());
    }

    private synchronized KeptConnections connections() {
        if (connections == null) {
            Map<String, String> settings = environment.get();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setServerNames(new String[] {settings.get("ECOM_DATABASE_HOST")});
            source.setPortNumbers(new int[] {Integer.parseInt(settings.get("ECOM_DATABASE_PORT"))});
            source.setDatabaseName(settings.get("ECOM_DATABASE_NAME"));
            source.setUser(settings.get("ECOM_DATABASE_USER"));
            source.setOptions("-c default_transaction_read_only=on");
            source.setLogServerErrorDetail(false);
            connections = new KeptConnections(source, CONNECTIONS_MAX);
        }
        return connections;
    }

    private static ObjectNode object(ResultSet row) throws SQLException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String member = row.getMetaData().getColumnLabel(column);
            switch (row.getMetaData().getColumnTypeName(column)) {
                case "int2", "int4", "int8" -> {
                    long number = row.getLong(column);
                    object.put(member, row.wasNull() ? null : Long.valueOf(number));
                }
                case "timestamptz" ->
                    object.put(
                            member,
                            row.getObject(column, OffsetDateTime.class)
                                    .toInstant()
                                    .toString());
                default -> object.put(member, row.getString(column));
            }
        }
        return object;
    }
}
