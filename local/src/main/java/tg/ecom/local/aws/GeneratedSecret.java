package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** GenerateSecretString of a template's AWS::SecretsManager::Secret: a random password, alone or in a JSON object. */
final class GeneratedSecret {
    private GeneratedSecret() {}

    /**
     * Makes the value.
     *
     * @throws AwsFault when the template contradicts itself
     */
    static String from(JsonNode generateSecretString) {
        JsonInput input = new JsonInput(generateSecretString, "InvalidParameterException");
        String password = RandomPassword.from(input);
        if (!input.has("SecretStringTemplate")) {
            return password;
        }
        byte[] template = input.requiredText("SecretStringTemplate").getBytes(StandardCharsets.UTF_8);
        ObjectNode object = (ObjectNode)
                JsonInput.parse(template, "InvalidParameterException").members();
        object.put(input.requiredText("GenerateStringKey"), password);
        return object.toString();
    }
}
