package tg.ecom.database;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.Settings;

/**
 * A deployment's custom resource: migrates the database before any function is published. Create and Update run what
 * has not run yet; Delete does nothing, since data outlives its stack. It stands on no layer.
 */
public final class Migrate implements RequestStreamHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final MigrationSettings settings;

    /** Reads the settings. @throws IllegalStateException naming every one that is missing or unknown */
    public Migrate() {
        environment = FunctionRuntime.current().environment();
        settings = Settings.read(environment, List.of(MigrationSettings.class)).get(MigrationSettings.class);
    }

    /**
     * Migrates and tells CloudFormation, which waits for an hour if nobody does. A failure is told, then thrown, so
     * that whoever invoked this without CloudFormation learns of it too.
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = JSON.readTree(input);
        CustomResource resource = new CustomResource(event);
        try {
            Migrations.Outcome outcome = outcome(event.path("RequestType").asText());
            resource.succeeded(outcome);
            output.write(JSON.writeValueAsString(outcome).getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException failed) {
            resource.failed(failed);
            throw failed;
        }
    }

    private Migrations.Outcome outcome(String requestType) {
        if (requestType.equals("Delete")) {
            return new Migrations.Outcome(0, "kept");
        }
        AdminSecret admin = AdminSecret.read(environment, settings.databaseAdminSecret());
        return Migrations.run(settings.url(), admin.username(), admin.password());
    }
}
