package tg.ecom.local.aws;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The random passwords of Secrets Manager: which characters, how many, and one of each kind unless told otherwise. */
final class RandomPassword {
    private static final int LENGTH_DEFAULT = 32;
    private static final int LENGTH_MAX = 4096;
    private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String NUMBERS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomPassword() {}

    /** Makes one as a request to GetRandomPassword, or a template's GenerateSecretString, asks for. */
    static String from(JsonInput input) {
        int length = input.number("PasswordLength", LENGTH_DEFAULT, 1, LENGTH_MAX);
        List<String> kinds = kinds(input);
        if (kinds.isEmpty()) {
            throw new AwsFault("InvalidParameterException", "The password can't be made of no characters at all.");
        }
        boolean eachKind = input.flag("RequireEachIncludedType", true);
        if (eachKind && length < kinds.size()) {
            throw new AwsFault("InvalidParameterException", "The password is too short for one of each kind.");
        }
        String all = String.join("", kinds);
        List<Character> characters = new ArrayList<>();
        if (eachKind) {
            kinds.forEach(kind -> characters.add(oneOf(kind)));
        }
        while (characters.size() < length) {
            characters.add(oneOf(all));
        }
        Collections.shuffle(characters, RANDOM);
        return characters.stream().map(String::valueOf).collect(Collectors.joining());
    }

    private static List<String> kinds(JsonInput input) {
        List<String> kinds = new ArrayList<>();
        include(kinds, input, "ExcludeUppercase", UPPERCASE);
        include(kinds, input, "ExcludeLowercase", LOWERCASE);
        include(kinds, input, "ExcludeNumbers", NUMBERS);
        include(kinds, input, "ExcludePunctuation", PUNCTUATION);
        if (input.flag("IncludeSpace", false)) {
            kinds.add(" ");
        }
        return kinds;
    }

    private static void include(List<String> kinds, JsonInput input, String exclusion, String kind) {
        if (input.flag(exclusion, false)) {
            return;
        }
        String excluded = input.text("ExcludeCharacters").orElse("");
        String remaining = kind.chars()
                .filter(character -> excluded.indexOf(character) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        if (!remaining.isEmpty()) {
            kinds.add(remaining);
        }
    }

    private static char oneOf(String kind) {
        return kind.charAt(RANDOM.nextInt(kind.length()));
    }
}
