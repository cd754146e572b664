package tg.ecom.platform;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.OptedOutException;
import tg.ecom.kernel.Phone;

/**
 * Text messages (SMS), through SNS. SNS has no way to name a message, so that a second request sends a second one:
 * nothing is tried again here but what surely was not sent, and the caller is told whether that is known. Neither phone
 * nor text is logged.
 */
public final class TextMessages {
    private static final Logger LOG = LoggerFactory.getLogger(TextMessages.class);
    private static final int ATTEMPTS_MAX = 3;
    private static final int SERVER_ERROR = 500;

    /** Before advertisements, over the routes that arrive most surely. */
    private static final Map<String, MessageAttributeValue> URGENT = Map.of(
            "AWS.SNS.SMS.SMSType",
            MessageAttributeValue.builder()
                    .dataType("String")
                    .stringValue("Transactional")
                    .build());

    private final Lazy<SnsClient> sns;

    /** Sent as this function. */
    public TextMessages(Aws aws) {
        sns = new Lazy<>(() -> aws.client("SNS", SnsClient.builder(), whereNothingWasSent()));
    }

    /** What became of a message. */
    public enum Sending {
        /** SNS has taken it. */
        SENT,
        /** That phone takes no messages: it is none, or its holder wants none. */
        REFUSED,
        /** SNS has not taken it; later it may. */
        UNSENT,
        /** SNS did not answer, or answered that it failed: it may have been sent. */
        UNKNOWN
    }

    /**
     * Sends a message.
     *
     * @param text at most 160 letters of GSM 03.38, or it is charged as several
     */
    public Sending send(Phone phone, String text) {
        try {
            sns.get()
                    .publish(message ->
                            message.phoneNumber(phone.e164()).message(text).messageAttributes(URGENT));
            return Sending.SENT;
        } catch (InvalidParameterException | OptedOutException refused) {
            // Not even at debug level: its message may name the phone.
            return Sending.REFUSED;
        } catch (SdkException failed) {
            Sending sending = isSurelyUnsent(failed) ? Sending.UNSENT : Sending.UNKNOWN;
            LOG.warn("a text message is {}: {}", sending, cause(failed));
            return sending;
        }
    }

    /** What SNS refused, or what never reached it. An error of the server may come from behind the sending. */
    private static boolean isSurelyUnsent(Throwable failed) {
        if (failed instanceof SdkServiceException answered) {
            return answered.statusCode() < SERVER_ERROR || answered.isThrottlingException();
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThrottling(Throwable failed) {
        return failed instanceof SdkServiceException answered && answered.isThrottlingException();
    }

    private static RetryStrategy whereNothingWasSent() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS_MAX)
                .treatAsThrottling(TextMessages::isThrottling)
                .retryOnException(failed ->
                        isThrottling(failed) || (!(failed instanceof SdkServiceException) && isSurelyUnsent(failed)))
                .build();
    }

    private static String cause(SdkException failed) {
        return failed instanceof AwsServiceException answered && answered.awsErrorDetails() != null
                ? answered.awsErrorDetails().errorCode()
                : failed.getClass().getSimpleName();
    }
}
