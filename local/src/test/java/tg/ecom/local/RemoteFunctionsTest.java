package tg.ecom.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import tg.ecom.states.LambdaFault;

/** What state machines are told of a Lambda that refuses. */
class RemoteFunctionsTest {
    @Test
    void refusal_isToldAsAwsDoes() {
        assertRefused(
                "Lambda.ResourceNotFoundException",
                "Function not found: f (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException)",
                new HttpLambda.Answer(404, "{\"Type\":\"User\",\"Message\":\"Function not found: f\"}", false));
        assertRefused(
                "Lambda.TooManyRequestsException",
                "Rate Exceeded. (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException)",
                new HttpLambda.Answer(429, "{\"message\":\"Rate Exceeded.\"}", false));
        assertRefused(
                "Lambda.ServiceException",
                "down (Service: AWSLambda; Status Code: 503; Error Code: ServiceException)",
                new HttpLambda.Answer(503, "down", false));
    }

    private static void assertRefused(String error, String message, HttpLambda.Answer answer) {
        try (HttpLambda lambda = new HttpLambda();
                RemoteFunctions functions = new RemoteFunctions(lambda.address())) {
            lambda.define("f", answer);
            LambdaFault fault = assertThrows(LambdaFault.class, () -> functions.invoke("f", new byte[0]));
            assertEquals(error, fault.error());
            assertEquals(message, fault.getMessage());
        }
    }
}
