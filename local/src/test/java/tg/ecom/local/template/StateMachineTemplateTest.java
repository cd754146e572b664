package tg.ecom.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateMachineTemplateTest {
    private static final String ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:";

    @TempDir
    private Path directory;

    private Templates templates;

    @BeforeEach
    void writeADefinition() {
        templates = new Templates(directory)
                .with("code.zip", "")
                .with("machines/charge.asl.json", "{\"Resource\": \"${Saga}\", \"Comment\": \"{% ${Saga} %}\"}");
    }

    @Test
    void definitionHasItsSubstitutionsAndStandsBesideItsTemplate() {
        Stack stack = templates
                .with("payments/template.yaml", """
                        Resources:
                          Role: {Type: AWS::IAM::Role, Properties: {RoleName: charge-role}}
                          Saga:
                            Type: AWS::Serverless::Function
                            Properties: {FunctionName: saga, Handler: a.B, CodeUri: ../code.zip, AutoPublishAlias: live}
                          Charge:
                            Type: AWS::Serverless::StateMachine
                            Properties:
                              Name: ecom-charge
                              Type: STANDARD
                              DefinitionUri: ../machines/charge.asl.json
                              DefinitionSubstitutions: {Saga: !Ref Saga.Alias}
                              Role: !GetAtt Role.Arn
                        """)
                .with("template.yaml", """
                        Resources:
                          Payments: {Type: AWS::Serverless::Application, Properties: {Location: payments/template.yaml}}
                        """)
                .read();

        StateMachineDefinition charge = stack.all(Stack::stateMachines).getFirst();
        String saga = "arn:aws:lambda:us-east-1:000000000000:function:saga:live";
        assertEquals("Payments/Charge", charge.logicalPath());
        assertEquals("ecom-charge", charge.name());
        assertEquals(ARN + "ecom-charge", charge.arn());
        assertEquals("arn:aws:iam::000000000000:role/charge-role", charge.roleArn());
        assertEquals(directory.resolve("machines/charge.asl.json"), charge.file());
        assertEquals("{\"Resource\": \"" + saga + "\", \"Comment\": \"{% " + saga + " %}\"}", charge.definition());
    }

    @Test
    void functionsAreToldItsArnAndName() {
        Stack stack = read("""
                Resources:
                  Start:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: a.B
                      CodeUri: code.zip
                      Environment:
                        Variables:
                          BY_REF: !Ref Charge
                          BY_ARN: !GetAtt Charge.Arn
                          NAME: !GetAtt Charge.Name
                  Charge:
                    Type: AWS::Serverless::StateMachine
                    Properties:
                      DefinitionUri: machines/charge.asl.json
                      DefinitionSubstitutions: {Saga: a}
                """);

        assertEquals(
                Map.of("BY_REF", ARN + "ecom-Charge", "BY_ARN", ARN + "ecom-Charge", "NAME", "ecom-Charge"),
                stack.functions().getFirst().environment());
        assertEquals(
                "arn:aws:iam::000000000000:role/ecom-ChargeRole",
                stack.stateMachines().getFirst().roleArn());
    }

    @Test
    void missingDefinitionIsNamed() {
        assertFault("DefinitionUri machines/ride.asl.json does not exist", "DefinitionUri: machines/ride.asl.json");
        assertFault("DefinitionUri is missing", "Name: charge");
        assertFault(
                "its definition is a file of its own, which DefinitionUri names",
                "Definition: {StartAt: A, States: {A: {Type: Succeed}}}");
    }

    @Test
    void substitutionsAreExactlyThoseOfTheDefinition() {
        assertFault(
                "DefinitionSubstitutions lacks Saga, which machines/charge.asl.json asks for",
                "DefinitionUri: machines/charge.asl.json");
        assertFault(
                "DefinitionSubstitutions gives Sage, which machines/charge.asl.json does not use",
                "DefinitionUri: machines/charge.asl.json, DefinitionSubstitutions: {Saga: a, Sage: b}");
    }

    @Test
    void whatWouldRunInTheCloudButNotHereIsRefused() {
        assertFault(
                "local runs state machines of the Type STANDARD only",
                "Type: EXPRESS, DefinitionUri: machines/charge.asl.json");
        assertFault(
                "local does not run Events of state machines: a function starts them",
                "DefinitionUri: machines/charge.asl.json, Events: {Daily: {Type: Schedule}}");
        assertEquals(
                "template.yaml, Charge: local does not run AWS::StepFunctions::StateMachine:"
                        + " write it as AWS::Serverless::StateMachine",
                fault("Resources: {Charge: {Type: AWS::StepFunctions::StateMachine}}\n"));
    }

    @Test
    void nameThatTwoHaveIsRefused() {
        String machine =
                "{Type: AWS::Serverless::StateMachine, Properties: {Name: charge, DefinitionUri: plain.asl.json}}";
        templates.with("plain.asl.json", "{}");
        assertEquals(
                "template.yaml, Two: the state machine name charge is already that of One",
                fault("Resources:\n  One: " + machine + "\n  Two: " + machine + "\n"));
    }

    private Stack read(String template) {
        return templates.with("template.yaml", template).read();
    }

    private void assertFault(String reason, String properties) {
        assertEquals(
                "template.yaml, Charge: " + reason,
                fault("Resources:\n  Charge: {Type: AWS::Serverless::StateMachine, Properties: {" + properties
                        + "}}\n"));
    }

    private String fault(String template) {
        return assertThrows(TemplateFailure.class, () -> read(template)).getMessage();
    }
}
