package tg.ecom.states;

import java.util.regex.Pattern;

/** Names and ARNs, as the API reference lets them be. */
final class Names {
    private static final int LENGTH_MAX = 80;
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\x00-\\x1F\\x7F-\\x9F]");
    private static final Pattern MACHINE_ARN =
            Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:stateMachine:[^:\\p{Cntrl}]+");
    private static final Pattern EXECUTION_ARN =
            Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:execution:[^:\\p{Cntrl}]+:[^:\\p{Cntrl}]+");
    private static final Pattern ROLE_ARN = Pattern.compile("arn:[^\\p{Cntrl}]+");

    private Names() {}

    static String checked(String name) {
        if (name.isEmpty()
                || name.length() > LENGTH_MAX
                || FORBIDDEN.matcher(name).find()) {
            throw new StepFunctionsException("InvalidName", "Invalid Name: '" + name + "'");
        }
        return name;
    }

    static String machineArn(String arn) {
        return checked(arn, MACHINE_ARN);
    }

    /** Any role will do: nobody is asked whether it may. */
    static String roleArn(String arn) {
        return checked(arn, ROLE_ARN);
    }

    static String executionArn(String arn) {
        return checked(arn, EXECUTION_ARN);
    }

    private static String checked(String arn, Pattern form) {
        if (!form.matcher(arn).matches()) {
            throw new StepFunctionsException("InvalidArn", "Invalid Arn: '" + arn + "'");
        }
        return arn;
    }
}
