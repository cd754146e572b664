package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tg.ecom.client.Ecom;
import tg.ecom.client.Person;
import tg.ecom.client.Person.Newcomer;
import tg.ecom.kernel.Phone;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.local.lambda.Invoker;

/**
 * {@code /_local/administrators}: makes somebody an administrator by the function that does so in the cloud. Who has no
 * account is signed up first; who has keeps their password.
 */
public final class Administrators {
    /** The tool's name. */
    public static final String TOOL = "administrators";

    private static final String APPOINT = "ecom-local-auth-appoint-administrator";

    private final JsonAnswers json = new JsonAnswers();
    private final Books books;
    private final Invoker functions;
    private final Ecom ecom;

    /** Over those functions, and this machine as apps see it. */
    public Administrators(Books books, Invoker functions, Ecom ecom) {
        this.books = books;
        this.functions = functions;
        this.ecom = ecom;
    }

    /** Takes POST. */
    public ToolEndpoint endpoint() {
        return json.tool("POST", this::answer);
    }

    private synchronized JsonNode answer(ToolRequest request) throws IOException {
        JsonNode body = json.body(request);
        Phone phone = Phone.parse(JsonAnswers.text(body, "phone").strip())
                .orElseThrow(() -> new JsonAnswers.Refusal("That is no phone number."));
        String password = JsonAnswers.text(body, "password");
        boolean isNew = books.holder(phone).isEmpty();
        if (isNew) {
            Person.signUp(ecom, new Newcomer(phone.e164(), "Admin", "Ecom", password, "client"));
        }
        appoint(phone);
        return json.object().put("phone", phone.e164()).put("is_new", isNew);
    }

    /** Makes somebody who has an account an administrator, from their next log-in on. */
    public void appoint(Phone phone) {
        byte[] event = json.object().put("phone", phone.e164()).toString().getBytes(StandardCharsets.UTF_8);
        Invoker.Result result = functions.invoke(APPOINT, event);
        if (result.functionError().isPresent()) {
            throw new IllegalStateException(
                    "nobody was appointed: " + new String(result.payload(), StandardCharsets.UTF_8));
        }
    }
}
