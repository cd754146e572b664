package tg.ecom.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import tg.ecom.local.parts.MovableClock;
import tg.ecom.local.parts.PostgresServer;

/** The services over HTTP, as functions see them, on a real PostgreSQL; started once for all test classes. */
final class LocalCloud implements AutoCloseable {
    static final String BASE_PATH = "/_aws";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalCloud.class);

    final MovableClock clock = new MovableClock();
    final RecordingInvoker invoker = new RecordingInvoker();
    final CloudDatabase database;

    private final PostgresServer postgres;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final AwsRequestHandler handler = new AwsRequestHandler(BASE_PATH);
    private final List<AwsService> services = new ArrayList<>();

    private LocalCloud() {
        try {
            Path directory = Files.createTempDirectory("ecom-local-cloud");
            postgres = PostgresServer.start(directory, 0);
            database = CloudDatabase.open(postgres.dataSource(PostgresServer.CLOUD_DATABASE));
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(handler);
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The one that all test classes of this run share. */
    static LocalCloud shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(LocalCloud.class, key -> new LocalCloud(), LocalCloud.class);
    }

    /** Offers a service, in place of one of the same name. */
    <S extends AwsService> S offer(S service) {
        services.removeIf(other -> other.signingName().equals(service.signingName()));
        services.add(service);
        handler.use(new AwsEndpoint(services));
        return service;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + BASE_PATH);
    }

    /** A client as functions make it, without retries, so that a test sees the first answer. */
    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, Function.identity());
    }

    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder, Function<B, B> more) {
        return more.apply(builder.endpointOverride(address())
                        .region(Region.of(Account.REGION))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                        .overrideConfiguration(configuration -> configuration
                                .retryStrategy(RetryMode.STANDARD)
                                .retryStrategy(strategy -> strategy.maxAttempts(1)))
                        .httpClient(UrlConnectionHttpClient.create()))
                .build();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        } finally {
            database.close();
            postgres.close();
        }
    }
}
