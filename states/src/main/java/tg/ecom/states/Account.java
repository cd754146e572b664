package tg.ecom.states;

/**
 * Where state machines live, as their ARNs name it.
 *
 * @param id the account's 12 digits
 * @param region such as {@code us-east-1}
 */
public record Account(String id, String region) {
    /** The ARN of a state machine of this account. */
    public String machineArn(String name) {
        return "arn:aws:states:" + region + ":" + id + ":stateMachine:" + name;
    }

    /** The ARN of an execution of a state machine of this account. */
    public String executionArn(String machineName, String executionName) {
        return "arn:aws:states:" + region + ":" + id + ":execution:" + machineName + ":" + executionName;
    }
}
