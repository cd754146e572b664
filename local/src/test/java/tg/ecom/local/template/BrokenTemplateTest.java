package tg.ecom.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenTemplateTest {
    private static final String FUNCTION = """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.B
                  CodeUri: code.zip
            """;

    @TempDir
    private Path directory;

    @Test
    void yamlErrorNamesTheLine() {
        assertFailure(
                "template.yaml: it is not valid YAML at line 2: mapping values are not allowed here",
                "Resources:\n  a: b: c\n");
        assertFailure(
                "template.yaml: it is not valid YAML at line 3: found duplicate key A",
                "Resources:\n  A: {Type: T}\n  A: {Type: T}\n");
        assertFailure("template.yaml: it is not a template: no mapping at its top", "- 1\n");
    }

    @Test
    void unknownReferenceIsNamed() {
        assertFailure("template.yaml, Q: there is no parameter or resource Nothing", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Nothing}}
                """);
        assertFailure("template.yaml, Q: there is no parameter or resource Nothing", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "a-${Nothing.Arn}"}}
                """);
        assertFailure("template.yaml, Q: there is no condition Missing", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, Condition: Missing}
                """);
        assertFailure("template.yaml, Q: it depends on P, which is not a resource", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, DependsOn: P}
                """);
    }

    @Test
    void unknownFunctionIsNamed() {
        assertFailure("template.yaml, Q: the function Fn::Transform is not supported", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Transform {Name: x}}}
                """);
    }

    @Test
    void circleIsNamed() {
        assertFailure("template.yaml, Q: the name of Q depends on itself", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Q.QueueName}}
                """);
    }

    @Test
    void missingZipsAndLayersAreNamed() {
        assertFailure("template.yaml, F: CodeUri code.zip does not exist", FUNCTION);
        assertFailure("template.yaml, L: ContentUri l.zip does not exist", """
                Resources:
                  L: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: l.zip}}
                """);
        new Templates(directory).with("code.zip", "");
        assertFailure(
                "template.yaml, F: there is no layer arn:x in the templates", FUNCTION + "      Layers: [\"arn:x\"]\n");
    }

    @Test
    void unsupportedEventAndDuplicateRouteAreNamed() {
        new Templates(directory).with("code.zip", "");
        assertFailure(
                "template.yaml, F: its event F/E has the type Kinesis, which is not supported"
                        + " (HttpApi, Schedule, ScheduleV2 and SQS are)",
                FUNCTION + "      Events: {E: {Type: Kinesis}}\n");
        assertFailure("template.yaml, F: the route GET /a/{y} is already that of F", FUNCTION + """
                      Events:
                        One: {Type: HttpApi, Properties: {Method: GET, Path: "/a/{x}"}}
                        Two: {Type: HttpApi, Properties: {Method: GET, Path: "/a/{y}"}}
                """);
    }

    @Test
    void whatWouldRunInTheCloudButNotHereIsRefused() {
        assertFailure(
                "template.yaml, R: local does not run AWS::Events::Rule: functions, and what invokes them,"
                        + " are written as AWS::Serverless::Function and Events",
                "Resources: {R: {Type: AWS::Events::Rule}}\n");
        assertFailure(
                "template.yaml, A: its routes come from functions' Events, not from a definition of its own", """
                Resources:
                  A: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: api.yaml}}
                """);
    }

    @Test
    void queuesThatAreNotThereAreNamed() {
        new Templates(directory).with("code.zip", "");
        assertFailure(
                "template.yaml, F: its event F/E polls arn:aws:sqs:us-east-1:000000000000:none,"
                        + " and there is no such queue in the templates",
                FUNCTION + """
                      Events: {E: {Type: SQS, Properties: {Queue: "arn:aws:sqs:us-east-1:000000000000:none"}}}
                """);
        assertFailure(
                "template.yaml, Q: its dead letters go to arn:x, and there is no such queue in the templates", """
                Resources:
                  Q:
                    Type: AWS::SQS::Queue
                    Properties: {RedrivePolicy: {deadLetterTargetArn: "arn:x", maxReceiveCount: 3}}
                """);
        assertFailure("""
                template.yaml, S: it subscribes to arn:t, and there is no such topic in the templates
                template.yaml, S: it delivers to arn:x, and there is no such queue in the templates""", """
                Resources:
                  S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: "arn:t", Protocol: sqs, Endpoint: "arn:x"}}
                """);
    }

    @Test
    void eventSourceThatLambdaWouldRefuseIsRefused() {
        new Templates(directory).with("code.zip", "");
        assertFailure("""
                template.yaml, F: its event F/E polls a queue whose visibility timeout, 30 s, \
                is shorter than the function's, 60 s
                template.yaml, F: its event F/E needs MaximumBatchingWindowInSeconds for a BatchSize over 10
                template.yaml, F: its event F/E has a MaximumConcurrency under 2""", FUNCTION + """
                      Timeout: 60
                      Events:
                        E:
                          Type: SQS
                          Properties: {Queue: !GetAtt Q.Arn, BatchSize: 20, ScalingConfig: {MaximumConcurrency: 1}}
                  Q: {Type: AWS::SQS::Queue}
                """);
    }

    @Test
    void parametersAreChecked() {
        assertFailure("template.yaml, Parameters: parameter P has no value", "Parameters: {P: {Type: String}}\n");
        assertFailure(
                "template.yaml, Parameters: parameter P may be one of [a, b], not c",
                "Parameters: {P: {Type: String, AllowedValues: [a, b], Default: c}}\n");
        TemplateFailure failure = assertThrows(
                TemplateFailure.class,
                () -> new Templates(directory)
                        .with("template.yaml", "Resources: {}\n")
                        .read(Map.of("Ghost", "1"), reference -> Optional.empty()));
        assertEquals("template.yaml, Parameters: it is given Ghost but has no such parameter", failure.getMessage());
    }

    @Test
    void nestedTemplateThatIsNotThereIsNamed() {
        assertFailure("template.yaml, N: there is no template n.yaml", """
                Resources:
                  N: {Type: AWS::Serverless::Application, Properties: {Location: n.yaml}}
                """);
    }

    @Test
    void templateThatNestsItselfIsRefused() {
        TemplateFailure failure = assertThrows(
                TemplateFailure.class,
                () -> new Templates(directory).with("template.yaml", """
                        Resources:
                          N: {Type: AWS::Serverless::Application, Properties: {Location: template.yaml}}
                        """).read());
        assertEquals("template.yaml, N: stacks are nested deeper than 10", failure.getMessage());
    }

    @Test
    void errorsOfAllFilesStandInOneMessage() {
        new Templates(directory).with("nested/template.yaml", """
                Resources:
                  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Gone}}
                  NoType: {}
                """);
        assertFailure("""
                nested/template.yaml, Q: there is no parameter or resource Gone
                nested/template.yaml, NoType: it has no Type
                template.yaml, T: KeySchema has no HASH key
                template.yaml, output O: the nested stack N has no output Missing""", """
                Resources:
                  N: {Type: AWS::Serverless::Application, Properties: {Location: nested/template.yaml}}
                  T: {Type: AWS::DynamoDB::Table}
                Outputs:
                  O: {Value: !GetAtt N.Outputs.Missing}
                """);
    }

    private void assertFailure(String message, String template) {
        Templates templates = new Templates(directory).with("template.yaml", template);
        assertEquals(
                message, assertThrows(TemplateFailure.class, templates::read).getMessage());
    }
}
