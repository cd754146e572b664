package tg.ecom.local.template;

import java.util.Optional;

/**
 * A secret of Secrets Manager.
 *
 * @param logicalPath logical ids from the root template down
 * @param name the secret's name
 * @param arn the ARN that templates and settings were given
 * @param value its SecretString, if it is written in the template
 * @param generation how its first value is made, if it is generated
 */
public record Secret(
        String logicalPath, String name, String arn, Optional<String> value, Optional<Generation> generation) {
    /**
     * GenerateSecretString: a random password of that length.
     *
     * @param template a JSON object that the password is put into, with {@code key}
     */
    public record Generation(
            int length,
            String excludedCharacters,
            boolean excludesPunctuation,
            boolean excludesNumbers,
            boolean excludesUppercase,
            boolean excludesLowercase,
            boolean includesSpace,
            boolean requiresEachType,
            Optional<String> template,
            Optional<String> key) {}
}
