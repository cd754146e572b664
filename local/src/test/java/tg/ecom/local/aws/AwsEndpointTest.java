package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sts.StsClient;

@WithLocalCloud
class AwsEndpointTest {
    private static final String CREDENTIAL = "local/20261123/us-east-1/sts/aws4_request";

    private final LocalCloud cloud;
    private final AwsEndpoint endpoint = new AwsEndpoint(List.of(new Sts()));

    AwsEndpointTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void caller_isTheAccount() {
        cloud.offer(new Sts());
        try (StsClient sts = cloud.client(StsClient.builder())) {
            assertEquals(Account.ID, sts.getCallerIdentity().account());
        }
    }

    @Test
    void presignedUrl_isToldByItsCredential() {
        AwsResponse answer = endpoint.handle(
                request("Action=GetCallerIdentity&X-Amz-Credential=" + CREDENTIAL.replace("/", "%2F"), Map.of(), ""));
        assertEquals(200, answer.status());
    }

    @Test
    void unsignedRequest_isForbidden() {
        AwsResponse xml = endpoint.handle(request("", Map.of(), "Action=GetCallerIdentity"));
        assertEquals(403, xml.status());
        assertTrue(text(xml).contains("<Code>MissingAuthenticationToken</Code>"));
        AwsResponse json = endpoint.handle(request("", Map.of("x-amz-target", "TrentService.ListKeys"), "{}"));
        assertEquals(403, json.status());
        assertTrue(text(json).contains("\"__type\":\"MissingAuthenticationToken\""));
        assertEquals(403, endpoint.handle(request("%zz", Map.of(), "")).status());
    }

    @Test
    void unknownService_isNamed() {
        AwsResponse answer = endpoint.handle(
                request("", Map.of("authorization", "AWS4 Credential=a/20261123/us-east-1/ec2/aws4_request"), ""));
        assertEquals(404, answer.status());
        assertTrue(text(answer).contains("ec2"));
    }

    @Test
    void unknownOperation_isNamed() {
        cloud.offer(new Kms(cloud.database, cloud.clock));
        try (KmsClient kms = cloud.client(KmsClient.builder())) {
            KmsException refusal =
                    assertThrows(KmsException.class, () -> kms.generateRandom(request -> request.numberOfBytes(1)));
            assertEquals("UnknownOperationException", refusal.awsErrorDetails().errorCode());
        }
    }

    @Test
    void malformedJson_isASerializationError() {
        AwsResponse answer = new Kms(cloud.database, cloud.clock)
                .handle(request("", Map.of("x-amz-target", "TrentService.DescribeKey"), "{\"KeyId\": "));
        assertEquals(400, answer.status());
        assertTrue(text(answer).contains("SerializationException"));
        AwsResponse mistyped = new Kms(cloud.database, cloud.clock)
                .handle(request("", Map.of("x-amz-target", "TrentService.DescribeKey"), "{\"KeyId\": 7}"));
        assertTrue(text(mistyped).contains("ValidationException"));
    }

    @Test
    void serverThatIsDown_isABadGateway() {
        try (ServiceProxy proxy = new ServiceProxy("s3", URI.create("http://127.0.0.1:1"))) {
            assertEquals(502, proxy.handle(request("", Map.of(), "")).status());
        }
    }

    private static AwsRequest request(String query, Map<String, String> headers, String body) {
        return new AwsRequest("POST", "/", query, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(AwsResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
