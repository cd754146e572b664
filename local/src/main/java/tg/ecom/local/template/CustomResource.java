package tg.ecom.local.template;

import java.util.List;
import java.util.Map;

/**
 * A resource that a function makes while the stack is deployed.
 *
 * @param logicalPath logical ids from the root template down
 * @param logicalId the last of them, as the function's event names it
 * @param stackName the name of its stack
 * @param type {@code AWS::CloudFormation::CustomResource} or {@code Custom::…}
 * @param serviceToken the function's ARN
 * @param properties the ResourceProperties of the event, ServiceToken with them
 * @param dependsOn logical ids of the same stack that have to be there before
 */
public record CustomResource(
        String logicalPath,
        String logicalId,
        String stackName,
        String type,
        String serviceToken,
        Map<String, Object> properties,
        List<String> dependsOn) {}
