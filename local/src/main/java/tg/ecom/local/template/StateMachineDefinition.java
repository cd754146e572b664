package tg.ecom.local.template;

import java.nio.file.Path;

/**
 * A Step Functions state machine of the type STANDARD.
 *
 * @param logicalPath logical ids from the root template down, such as {@code Payments/Charge}
 * @param name the state machine's name
 * @param file where its definition is written
 * @param definition the text of that file, substitutions put in
 * @param roleArn the role that it runs under
 */
public record StateMachineDefinition(String logicalPath, String name, Path file, String definition, String roleArn) {
    /** The state machine's ARN. */
    public String arn() {
        return ResourceNames.arn("states", "stateMachine:" + name);
    }
}
