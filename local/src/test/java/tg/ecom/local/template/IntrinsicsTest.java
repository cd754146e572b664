package tg.ecom.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicsTest {
    private static final String CONTEXT = """
            Parameters:
              Stage: {Type: String, Default: prod}
              Count: {Type: Number, Default: 3}
              Zones: {Type: CommaDelimitedList, Default: "x, y,z"}
              Empty: {Type: String, Default: ""}
            Mappings:
              Sizes: {prod: {Small: 10, Large: [a, b]}}
            Conditions:
              IsProd: !Equals [!Ref Stage, prod]
              IsEmpty: {"Fn::Equals": [{Ref: Empty}, ""]}
              Both: !And [!Condition IsProd, !Condition IsEmpty]
              Neither: !Not [!Or [!Condition IsProd, Condition: IsEmpty]]
            Resources:
              Vpc: {Type: AWS::EC2::VPC}
              Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: work}}
              Ghost: {Type: AWS::SQS::Queue, Condition: Neither}
              Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: p}}
            Outputs:
              Named: {Value: exported, Export: {Name: !Sub "${Stage}-name"}}
              Absent: {Condition: Neither, Value: !Ref Ghost}
              Result:
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            !Ref Stage | prod
            !Ref Count | 3
            !Ref Vpc | ecom-Vpc
            !Ref Queue | https://sqs.us-east-1.amazonaws.com/000000000000/work
            !GetAtt Queue.Arn | arn:aws:sqs:us-east-1:000000000000:work
            {"Fn::GetAtt": [Queue, QueueName]} | work
            !GetAtt Vpc.CidrBlock | ecom-Vpc-CidrBlock
            !Sub "${Stage}-${AWS::Region}-${!Literal}-${Queue.QueueName}" | prod-us-east-1-${Literal}-work
            !Sub ["${A}/${Stage}", {A: !Ref Count}] | 3/prod
            !Sub "${AWS::Partition}:${AWS::AccountId}:${AWS::StackName}" | aws:000000000000:ecom
            !Sub "s3.${AWS::URLSuffix}" | s3.amazonaws.com
            !Join ["-", [a, !Ref Stage, 5]] | a-prod-5
            !Join ["-", !Ref Zones] | x-y-z
            !Select [1, !Ref Zones] | y
            !Select [2, !Split [".", "a.b.c"]] | c
            !Select [6, !Split [":", !GetAtt Proxy.DBProxyArn]] | p
            !Select [0, !GetAZs ""] | us-east-1a
            !FindInMap [Sizes, !Ref Stage, Small] | 10
            !Select [1, !FindInMap [Sizes, prod, Large]] | b
            !If [IsProd, yes it is, no] | yes it is
            !If [Both, 1, 2] | 1
            !If [Neither, 1, 2] | 2
            {"Fn::If": [Neither, a, {"Fn::Join": ["", [b, c]]}]} | bc
            !Join ["", [a, !Ref "AWS::NoValue", b]] | ab
            !Base64 hello | aGVsbG8=
            !Select [2, !Cidr ["10.0.0.0/16", 4, 8]] | 10.0.2.0/24
            !ImportValue prod-name | exported
            !ImportValue {"Fn::Sub": "${Stage}-name"} | exported
            2012-10-17 | 2012-10-17
            """)
    void intrinsicFunctionHasCloudFormationsValue(String expression, String value) {
        String template = CONTEXT + "    Value: " + expression + "\n";
        Stack stack = new Templates(directory).with("template.yaml", template).read();
        assertEquals(value, stack.outputs().get("Result"));
    }

    @Test
    void outputWhoseConditionDoesNotHoldIsLeftOut() {
        Stack stack = new Templates(directory)
                .with("template.yaml", CONTEXT + "    Value: 1\n")
                .read();
        assertEquals(Map.of("Named", "exported", "Result", "1"), stack.outputs());
        assertEquals(1, stack.queues().size());
    }

    @Test
    void parameterGivenByLocalReplacesTheDefault() {
        Stack stack = new Templates(directory)
                .with("template.yaml", CONTEXT + "    Value: !Ref Stage\n")
                .read(Map.of("Stage", "local"), reference -> Optional.empty());
        assertEquals("local", stack.outputs().get("Result"));
    }
}
