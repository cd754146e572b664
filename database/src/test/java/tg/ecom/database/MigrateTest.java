package tg.ecom.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.client.FreePorts;
import tg.ecom.platform.FunctionRuntime;

class MigrateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
    private final List<String> contentTypes = new CopyOnWriteArrayList<>();
    private EmbeddedPostgres server;
    private HttpServer outside;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        server = EmbeddedPostgres.builder()
                .setPort(FreePorts.one())
                .setServerConfig("fsync", "off")
                .start();
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/answer", exchange -> {
            answers.add(JSON.readTree(exchange.getRequestBody()));
            contentTypes.add(Objects.toString(exchange.getRequestHeaders().getFirst("Content-Type"), ""));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        outside.createContext("/", exchange -> {
            byte[] body = "{\"SecretString\": \"{\\\"username\\\":\\\"postgres\\\",\\\"password\\\":\\\"s\\\"}\"}"
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        outside.start();
    }

    @AfterEach
    void stop() throws IOException {
        outside.stop(0);
        server.close();
    }

    @Test
    void create_migratesAndTellsCloudFormation() throws Exception {
        invoke(event("Create"));

        JsonNode answer = answers.getFirst();
        assertEquals("SUCCESS", answer.path("Status").asText());
        assertEquals("ecom-migrations", answer.path("PhysicalResourceId").asText());
        assertEquals("stack", answer.path("StackId").asText());
        assertEquals("request", answer.path("RequestId").asText());
        assertEquals("Migration", answer.path("LogicalResourceId").asText());
        assertTrue(answer.path("Data").path("Executed").asInt() >= 12);
        assertEquals("", contentTypes.getFirst());
        assertTrue(tables() > 0);
    }

    @Test
    void update_runsOnlyWhatHasNotRun() throws Exception {
        invoke(event("Create"));
        String output = invoke(event("Update"));

        assertEquals(0, JSON.readTree(output).path("executed").asInt());
        assertEquals(
                answers.getFirst().path("Data").path("Version"),
                answers.getLast().path("Data").path("Version"));
    }

    @Test
    void delete_deletesNothing() throws Exception {
        invoke(event("Create"));
        long before = tables();
        invoke(event("Delete"));

        assertEquals("SUCCESS", answers.getLast().path("Status").asText());
        assertEquals(before, tables());
    }

    @Test
    void changedMigration_failsAndSaysSo() throws Exception {
        invoke(event("Create"));
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update flyway_schema_history set checksum = 1 where version = '003'");
        }

        assertThrows(RuntimeException.class, () -> invoke(event("Update")));
        assertEquals("FAILED", answers.getLast().path("Status").asText());
        assertTrue(answers.getLast().path("Reason").asText().contains("003"));
    }

    @Test
    void eventWithoutAnAddress_isAnsweredByTheOutputAlone() throws Exception {
        String output = invoke("{\"RequestType\": \"Create\"}");

        assertFalse(JSON.readTree(output).path("version").asText().isEmpty());
        assertTrue(answers.isEmpty());
    }

    @Test
    void missingAndUnknownSettings_areNamedTogether() {
        Map<String, String> environment = new HashMap<>(environment());
        environment.remove("ECOM_DATABASE_NAME");
        environment.put("ECOM_DATABSE_NAME", "typing error");

        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> FunctionRuntime.within(environment, InstantSource.system(), Migrate::new));

        assertTrue(refused.getMessage().contains("ECOM_DATABASE_NAME is missing"), refused.getMessage());
        assertTrue(refused.getMessage().contains("ECOM_DATABSE_NAME is unknown"), refused.getMessage());
    }

    private String invoke(String event) throws Exception {
        Migrate function = FunctionRuntime.within(environment(), InstantSource.system(), Migrate::new);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, null);
        return output.toString(UTF_8);
    }

    private Map<String, String> environment() {
        return Map.of(
                "ECOM_DATABASE_HOST", "127.0.0.1",
                "ECOM_DATABASE_PORT", Integer.toString(server.getPort()),
                "ECOM_DATABASE_NAME", "postgres",
                "ECOM_DATABASE_SSL_MODE", "disable",
                "ECOM_DATABASE_ADMIN_SECRET", "arn:aws:secretsmanager:us-east-1:000000000000:secret:admin",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + outside.getAddress().getPort());
    }

    private String event(String type) {
        return """
                {"RequestType": "%s", "ResponseURL": "http://127.0.0.1:%d/answer", "StackId": "stack",
                 "RequestId": "request", "LogicalResourceId": "Migration", "ResourceProperties": {}}
                """.formatted(type, outside.getAddress().getPort());
    }

    private long tables() throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_catalog.pg_tables where schemaname in ('ledger', 'platform')")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
