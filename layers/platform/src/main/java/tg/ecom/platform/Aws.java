package tg.ecom.platform;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Makes clients of AWS services. Endpoints are those of the settings ({@code AWS_ENDPOINT_URL_SNS},
 * {@code AWS_ENDPOINT_URL}, as the SDK's own variables are called), so that a function does not know whether a cloud is
 * behind them.
 */
public final class Aws {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

    private final Map<String, String> environment;
    private final Region region;
    private final Failpoints failpoints;

    Aws(Map<String, String> environment) {
        this(environment, new Failpoints(point -> {}));
    }

    Aws(Map<String, String> environment, Failpoints failpoints) {
        this.failpoints = failpoints;
        this.environment = environment;
        this.region = Region.of(environment.getOrDefault("AWS_REGION", "us-east-1"));
    }

    /**
     * Builds a client.
     *
     * @param service the service as the SDK names it in {@code AWS_ENDPOINT_URL_<SERVICE>}, such as
     *     {@code SECRETS_MANAGER}
     * @param builder the client's own builder
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(String service, B builder) {
        return client(service, builder, Optional.empty());
    }

    /** The same, and what is tried again, and when, is not as the SDK has it but as the strategy says. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            String service, B builder, RetryStrategy retries) {
        return client(service, builder, Optional.of(retries));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            String service, B builder, Optional<RetryStrategy> retries) {
        ClientOverrideConfiguration.Builder configuration = ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL_TIMEOUT)
                .addExecutionInterceptor(new StopInRehearsal())
                .addExecutionInterceptor(new TellFailpoints(failpoints));
        retries.ifPresent(configuration::retryStrategy);
        endpoint(service).ifPresent(builder::endpointOverride);
        return builder.region(region)
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT))
                .overrideConfiguration(configuration.build())
                .build();
    }

    /** The region of this deployment. */
    public Region region() {
        return region;
    }

    /** Who this function is. */
    public AwsCredentialsProvider credentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    /** Whether a service of AWS could not be reached or could not answer, rather than refused what we asked. */
    static boolean isOutage(RuntimeException failed) {
        return switch (failed) {
            case SdkServiceException refused -> refused.statusCode() >= 500 || refused.isThrottlingException();
            case SdkClientException unreachable -> true;
            default -> false;
        };
    }

    private Optional<URI> endpoint(String service) {
        return Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_" + service))
                .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
                .map(URI::create);
    }

    /** A rehearsal goes as far as a signed request, and does not send it. */
    private static final class StopInRehearsal implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (Rehearsal.isOn()) {
                throw new Rehearsal.Stop();
            }
        }
    }

    /** Points by the SDK's own names of service and operation, such as {@code aws.Sfn.StartExecution.before}. */
    private record TellFailpoints(Failpoints failpoints) implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            failpoints.reached(name(attributes) + ".before");
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            failpoints.reached(name(attributes) + ".after");
        }

        private static String name(ExecutionAttributes attributes) {
            return "aws."
                    + attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME) + "."
                    + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        }
    }
}
