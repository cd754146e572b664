package tg.ecom.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateReaderTest {
    private static final String ROOT = """
            AWSTemplateFormatVersion: 2010-09-09
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Stage: {Type: String, AllowedValues: [local, prod]}
            Resources:
              Layer:
                Type: AWS::Serverless::LayerVersion
                Properties: {LayerName: !Sub "ecom-${Stage}-base", ContentUri: layer.zip}
              Data:
                Type: AWS::CloudFormation::Stack
                Properties:
                  TemplateURL: data/template.yaml
                  Parameters: {Subnets: !Join [",", [a, b]]}
              Domain:
                Type: AWS::Serverless::Application
                DependsOn: Data
                Properties:
                  Location: domain/template.yaml
                  Parameters:
                    Layers: !Ref Layer
                    Table: !GetAtt Data.Outputs.Table
                    Host: !GetAtt Data.Outputs.Host
            Outputs:
              Host: {Value: !GetAtt Data.Outputs.Host}
            """;

    private static final String DATA = """
            Parameters:
              Subnets: {Type: CommaDelimitedList}
            Resources:
              Cluster:
                Type: AWS::RDS::DBCluster
                Properties: {Engine: aurora-postgresql, DatabaseName: ecom, MasterUsername: admin}
              Things:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: things
                  AttributeDefinitions:
                    - {AttributeName: id, AttributeType: S}
                    - {AttributeName: at, AttributeType: N}
                  KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]
                  TimeToLiveSpecification: {AttributeName: expires_at, Enabled: true}
              Dead:
                Type: AWS::SQS::Queue
              Work:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 90
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}
              Key:
                Type: AWS::KMS::Key
              Alias:
                Type: AWS::KMS::Alias
                Properties: {AliasName: alias/ecom, TargetKeyId: !Ref Key}
              Secret:
                Type: AWS::SecretsManager::Secret
                Properties: {Name: ecom/key, GenerateSecretString: {PasswordLength: 48, ExcludePunctuation: true}}
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  Subscription:
                    - Protocol: sqs
                      Endpoint: !GetAtt Work.Arn
                      RawMessageDelivery: true
                      FilterPolicy: {type: [ride.completed]}
              Bucket:
                Type: AWS::S3::Bucket
            Outputs:
              Table: {Value: !Ref Things, Export: {Name: things-table}}
              Host: {Value: !GetAtt Cluster.Endpoint.Address}
              Subnets: {Value: !Join ["+", !Ref Subnets]}
            """;

    private static final String DOMAIN = """
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Layers: {Type: CommaDelimitedList}
              Table: {Type: String}
              Host: {Type: String}
            Globals:
              Function:
                Runtime: java25
                MemorySize: 1024
                Timeout: 10
                AutoPublishAlias: live
                Layers: !Ref Layers
                Environment: {Variables: {ECOM_HOST: !Ref Host, ECOM_STAGE: global}}
              HttpApi:
                CorsConfiguration: {AllowOrigins: ["https://ecom.tg"], AllowMethods: [GET]}
            Resources:
              Api:
                Type: AWS::Serverless::HttpApi
              Login:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: code.zip
                  Handler: tg.ecom.auth.Login
                  MemorySize: 2048
                  Environment:
                    Variables:
                      ECOM_STAGE: own
                      ECOM_TABLE: !Ref Table
                      ECOM_SECRET: "{{resolve:secretsmanager:ecom/key:SecretString:password}}"
                  Events:
                    Http:
                      Type: HttpApi
                      Properties: {ApiId: !Ref Api, Method: post, Path: /api/login, TimeoutInMillis: 5000}
                    Any: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
              Job:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: job
                  CodeUri: code.zip
                  Handler: tg.ecom.auth.Job
                  Events:
                    Clock: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 minute)}}
                    Queue:
                      Type: SQS
                      Properties: {Queue: "arn:aws:sqs:us-east-1:000000000000:ecom-Data-Work", BatchSize: 5}
              Migration:
                Type: Custom::Migration
                DependsOn: Login
                Properties: {ServiceToken: !GetAtt Job.Arn, Versions: [1, 2]}
              Rotation:
                Type: AWS::SecretsManager::RotationSchedule
                Properties:
                  SecretId: ecom/key
                  RotationLambdaARN: !Ref Job.Alias
                  RotationRules: {AutomaticallyAfterDays: 30}
            """;

    @TempDir
    private Path directory;

    private Templates templates;

    @BeforeEach
    void write() {
        templates = new Templates(directory)
                .with("template.yaml", ROOT)
                .with("data/template.yaml", DATA)
                .with("domain/template.yaml", DOMAIN)
                .with("layer.zip", "")
                .with("domain/code.zip", "");
    }

    @Test
    void functionHasItsGlobalsLayersAndEvents() {
        FunctionDefinition login = function("Domain/Login");
        assertEquals("ecom-Domain-Login", login.name());
        assertEquals("tg.ecom.auth.Login", login.handler());
        assertEquals(List.of(directory.resolve("layer.zip")), login.layers());
        assertEquals(directory.resolve("domain/code.zip"), login.code());
        assertEquals(2048, login.memoryMb());
        assertEquals(Duration.ofSeconds(10), login.timeout());
        assertEquals(Optional.of("live"), login.alias());
        assertEquals(
                Map.of(
                        "ECOM_HOST", "127.0.0.1",
                        "ECOM_STAGE", "own",
                        "ECOM_TABLE", "things",
                        "ECOM_SECRET", "{{resolve:secretsmanager:ecom/key:SecretString:password}}"),
                login.environment());
        EventSource http = new EventSource.HttpRoute(
                "Domain/Login/Http", "Domain/Api", "POST", "/api/login", Duration.ofSeconds(5));
        EventSource any =
                new EventSource.HttpRoute("Domain/Login/Any", "Domain/Api", "ANY", "$default", Duration.ofSeconds(30));
        assertEquals(Set.of(http, any), Set.copyOf(login.events()));
    }

    @Test
    void schedulesAndQueuesAreEvents() {
        FunctionDefinition job = function("Domain/Job");
        assertEquals("job", job.name());
        assertEquals(
                Set.of(
                        new EventSource.Schedule("Domain/Job/Clock", "rate(1 minute)", "UTC", Optional.empty(), true),
                        new EventSource.QueueSource(
                                "Domain/Job/Queue",
                                "arn:aws:sqs:us-east-1:000000000000:ecom-Data-Work",
                                5,
                                Duration.ZERO,
                                false,
                                Optional.empty(),
                                true)),
                Set.copyOf(job.events()));
    }

    @Test
    void dataIsTyped() {
        Stack data = read().nested().getFirst();
        assertEquals("ecom-Data", data.name());
        Table.Key key = new Table.Key(new Table.Attribute("id", "S"), Optional.of(new Table.Attribute("at", "N")));
        assertEquals(
                List.of(new Table("Data/Things", "things", key, List.of(), Optional.of("expires_at"))), data.tables());
        Queue work = data.queues().getLast();
        assertEquals("ecom-Data-Work", work.name());
        assertEquals(Duration.ofSeconds(90), work.visibilityTimeout());
        assertEquals(
                Optional.of(new Queue.Redrive("arn:aws:sqs:us-east-1:000000000000:ecom-Data-Dead", 5)), work.redrive());
        assertEquals(
                List.of(new Subscription(
                        "Data/Topic",
                        data.topics().getFirst().arn(),
                        "sqs",
                        work.arn(),
                        true,
                        Optional.of("{\"type\":[\"ride.completed\"]}"))),
                data.subscriptions());
        assertEquals("ecom-Data-Bucket", data.buckets().getFirst().name());
        assertEquals(data.keys().getFirst().id(), data.keyAliases().getFirst().key());
        Secret.Generation generation = data.secrets().getFirst().generation().orElseThrow();
        assertEquals(48, generation.length());
        assertTrue(generation.excludesPunctuation());
        assertTrue(generation.requiresEachType());
        assertEquals(Optional.of("ecom"), data.databases().getFirst().database());
    }

    @Test
    void customResourcesRotationsAndApisAreTyped() {
        Stack domain = read().nested().getLast();
        CustomResource migration = domain.customResources().getFirst();
        assertEquals("Custom::Migration", migration.type());
        assertEquals("arn:aws:lambda:us-east-1:000000000000:function:job", migration.serviceToken());
        assertEquals(List.of(1, 2), migration.properties().get("Versions"));
        assertEquals(List.of("Login"), migration.dependsOn());
        RotationSchedule rotation = domain.rotations().getFirst();
        assertEquals("arn:aws:lambda:us-east-1:000000000000:function:job:live", rotation.functionArn());
        assertEquals(Optional.of(30), rotation.everyDays());
        assertEquals(
                List.of("https://ecom.tg"),
                domain.apis().getFirst().cors().orElseThrow().origins());
    }

    @Test
    void valuesSuppliedByLocalGoBeforeThoseOfTheTemplate() {
        Stack root = read();
        assertEquals(Map.of("Host", "127.0.0.1"), root.outputs());
        assertEquals("a+b", root.nested().getFirst().outputs().get("Subnets"));
    }

    @Test
    void dynamicReferencesAreResolvedLate() {
        Map<String, String> environment = DynamicReferences.resolve(
                function("Domain/Login").environment(), secret -> secret.secret() + "/" + secret.key() + "$1");
        assertEquals("ecom/key/password$1", environment.get("ECOM_SECRET"));
        String arn = ResourceNames.secretArn("ecom/key");
        assertEquals(
                "<" + arn + "|>",
                DynamicReferences.resolve(
                        "<{{resolve:secretsmanager:" + arn + ":SecretString}}>",
                        secret -> secret.secret() + "|" + secret.key()));
    }

    private Stack read() {
        return templates.read(
                Map.of("Stage", "local"),
                reference ->
                        reference.attribute().equals("Endpoint.Address") ? Optional.of("127.0.0.1") : Optional.empty());
    }

    private FunctionDefinition function(String logicalPath) {
        return read().all(Stack::functions).stream()
                .collect(Collectors.toMap(FunctionDefinition::logicalPath, each -> each))
                .get(logicalPath);
    }
}
