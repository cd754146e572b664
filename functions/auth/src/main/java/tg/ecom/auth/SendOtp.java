package tg.ecom.auth;

import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Text;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.LimitsSettings;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.RateLimit;
import tg.ecom.platform.TextMessages;
import tg.ecom.platform.Visitor;

/** POST /api/auth/send-otp: sends a code by SMS. The answer does not tell whether the phone has an account. */
public final class SendOtp extends PublicFunction<SendOtp.Request, SendOtp.Answer> {
    private static final Duration DAY = Duration.ofDays(1);

    /** To whom, and what for. */
    public record Request(Phone phone, VerificationType type) {}

    /** By what to name the code when it is typed in, and how long that may take. */
    public record Answer(UUID verificationId, int expiresInS, int resendAfterS) {}

    private final CodesSettings settings = surroundings().settings(CodesSettings.class);
    private final DynamoDbClient dynamo = surroundings().aws().client("DYNAMODB", DynamoDbClient.builder());
    private final RateLimit limit = new RateLimit(dynamo, surroundings().settings(LimitsSettings.class), clock());
    private final Codes codes = new Codes(dynamo, surroundings());
    private final TextMessages messages = new TextMessages(surroundings().aws());

    /** Needs the tables of codes and of counters, and the bounds. */
    public SendOtp() {
        super(CodesSettings.class, VerificationsSettings.class, LimitsSettings.class);
    }

    @Override
    protected Answer handle(Visitor visitor, Request request) {
        if (!settings.serves(request.phone())) {
            throw new AuthProblem.PhoneNotServed(settings.countries()).asException();
        }
        limit.take("otp-address/" + visitor.ip(), settings.codesPerAddressMax(), DAY);
        codes.reserve(request.phone(), request.type());
        // After the reservation, so that impatience costs nothing; before the code, so that a refusal kills no old one.
        limit.take("otp-phone/" + hashed(request.phone()), settings.codesPerPhoneMax(), DAY);
        Language language = database()
                .call(handle -> Users.language(handle, request.phone()))
                .orElse(visitor.language());
        Codes.Code code = codes.make(request.phone(), request.type());
        send(request.phone(), text(code.digits()).in(language));
        return new Answer(code.verificationId(), (int) Codes.LIFE.toSeconds(), (int) Codes.RESEND_AFTER.toSeconds());
    }

    private void send(Phone phone, String text) {
        switch (messages.send(phone, text)) {
            case SENT -> {}
            case REFUSED -> throw new AuthProblem.PhoneUnreachable().asException();
            case UNSENT, UNKNOWN -> throw new CommonProblem.Unavailable().asException();
        }
    }

    private String hashed(Phone phone) {
        return HexFormat.of().formatHex(surroundings().keyedHash().of("otp-phone", phone.e164()));
    }

    /** In letters of GSM 03.38 (no ê): one that is not would make it two messages, at twice the price. */
    static Text text(String digits) {
        return new Text(
                "Ecom : votre code est " + digits
                        + ". Valable 5 minutes. Ne le donnez à personne, pas à Ecom non plus.",
                "Ecom: your code is " + digits + ". Good for 5 minutes. Give it to nobody, not even to Ecom.");
    }
}
