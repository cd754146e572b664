package tg.ecom.local;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tg.ecom.local.aws.AwsEndpoint;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.aws.AwsService;
import tg.ecom.local.aws.CloudDatabase;
import tg.ecom.local.aws.EmailOutbox;
import tg.ecom.local.aws.Kms;
import tg.ecom.local.aws.SavedClock;
import tg.ecom.local.aws.SchedulerEngine;
import tg.ecom.local.aws.SchedulerService;
import tg.ecom.local.aws.SecretsManager;
import tg.ecom.local.aws.ServiceProxy;
import tg.ecom.local.aws.Ses;
import tg.ecom.local.aws.SmsOutbox;
import tg.ecom.local.aws.Sns;
import tg.ecom.local.aws.StatesService;
import tg.ecom.local.aws.Sts;
import tg.ecom.local.lambda.LambdaApi;
import tg.ecom.local.lambda.LambdaService;
import tg.ecom.local.queues.ObservedQueues;
import tg.ecom.local.usage.Meter;
import tg.ecom.states.StepFunctions;

/**
 * The services of AWS that functions and tools call below {@code /_aws}, and what of them local itself uses.
 *
 * @param endpoint answers their requests
 * @param secrets Secrets Manager
 * @param keys KMS
 * @param schedules Scheduler's API
 * @param clockwork calls what is due
 * @param sms what SNS was asked to send to phones
 * @param queues SQS
 * @param topics SNS
 * @param savedClock how far the clock was moved, for the next start
 */
record AwsServices(
        AwsEndpoint endpoint,
        SecretsManager secrets,
        Kms keys,
        SchedulerService schedules,
        SchedulerEngine clockwork,
        SmsOutbox sms,
        ObservedQueues queues,
        Sns topics,
        SavedClock savedClock) {

    static AwsServices of(
            CloudDatabase database,
            LambdaService lambda,
            Supplier<StepFunctions> interpreter,
            Addresses addresses,
            InstantSource clock,
            Meter meter) {
        SecretsManager secrets = new SecretsManager(database, lambda, clock);
        Kms keys = new Kms(database, clock);
        SchedulerService schedules = new SchedulerService(database, clock);
        SmsOutbox sms = new SmsOutbox(database, clock);
        // ElasticMQ and S3Proxy know the public address and expect its path; DynamoDB has one path only.
        ObservedQueues queues =
                new ObservedQueues(new MeteredService(proxy("sqs", addresses.queues(), "/_aws"), meter));
        Sns topics = new Sns(database, sms, queues, addresses.aws(), clock);
        List<AwsService> others = List.of(
                secrets,
                keys,
                schedules,
                proxy("s3", addresses.objects(), "/_aws"),
                proxy("dynamodb", addresses.dynamoDb(), ""),
                topics,
                new Ses(new EmailOutbox(database, clock)),
                new Sts(),
                new StatesService(interpreter),
                new LambdaApi(lambda));
        AwsEndpoint endpoint = new AwsEndpoint(Stream.concat(
                        Stream.of(queues), others.stream().map(service -> new MeteredService(service, meter)))
                .toList());
        return new AwsServices(
                endpoint,
                secrets,
                keys,
                schedules,
                new SchedulerEngine(database, lambda, clock),
                sms,
                queues,
                topics,
                new SavedClock(database));
    }

    /** Answers by the services as soon as there are any; until then whoever asks waits. */
    static Function<AwsRequest, AwsResponse> whenStarted(CompletableFuture<AwsServices> services) {
        return request -> Startup.await(services).endpoint().handle(request);
    }

    private static ServiceProxy proxy(String name, int port, String path) {
        return new ServiceProxy(name, URI.create("http://" + Addresses.HOST + ":" + port + path));
    }
}
