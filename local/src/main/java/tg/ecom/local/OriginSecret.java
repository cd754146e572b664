package tg.ecom.local;

import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.template.Secret;
import tg.ecom.local.template.Stack;

/** The secret that the entry point sends to functions. */
final class OriginSecret {
    private static final String LOGICAL_PATH = "Keys/OriginSecret";

    private OriginSecret() {}

    /** Its ARN. @throws PartFailure when the templates have none */
    static String of(Stack stack) {
        return stack.all(Stack::secrets).stream()
                .filter(secret -> secret.logicalPath().equals(LOGICAL_PATH))
                .findFirst()
                .map(Secret::arn)
                .orElseThrow(() -> new PartFailure("The templates have no secret " + LOGICAL_PATH + "."));
    }
}
