package tg.ecom.local.gateway;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;

/**
 * What stands beside the routes of the templates.
 *
 * @param aws answers below {@code /_aws}
 * @param tools answer below {@code /_local} by name, such as {@code health} or {@code ledger/fund}
 * @param operators answer below {@code /_operators}
 * @param contract openapi.yaml, shown at {@code /docs}
 * @param originSecret the value of {@code x-ecom-origin}, asked at the first request since the secret may be generated
 *     late
 */
public record Mounts(
        Function<AwsRequest, AwsResponse> aws,
        Map<String, ToolEndpoint> tools,
        OperatorEndpoint operators,
        Path contract,
        Supplier<String> originSecret) {}
