package tg.ecom.local.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How callers name a function: its name, its ARN or the end of one, each perhaps with a version or alias.
 *
 * @param name the function's name
 * @param qualifier the version or alias
 */
record FunctionName(String name, Optional<String> qualifier) {
    private static final Pattern FORM = Pattern.compile(
            "(?:arn:[^:]*:lambda:[^:]*:)?(?:\\d{12}:)?(?:function:)?([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?");

    static FunctionName parse(String function) {
        Matcher form = FORM.matcher(function);
        if (!form.matches()) {
            throw new UnknownFunctionException(function);
        }
        return new FunctionName(form.group(1), Optional.ofNullable(form.group(2)));
    }
}
