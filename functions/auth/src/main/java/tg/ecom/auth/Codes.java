package tg.ecom.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.KeyedHash;
import tg.ecom.platform.Surroundings;

/**
 * Codes sent by SMS, in DynamoDB, where they expire by themselves. An item a code; and an item for each phone and
 * purpose that names the newest code, so that a new one kills the old, and says when the last was sent. What several
 * requests may do at once is a conditional change, so that none of them gets a try more, or a second message.
 */
final class Codes {
    static final Duration LIFE = Duration.ofMinutes(5);
    static final Duration RESEND_AFTER = Duration.ofSeconds(60);
    private static final int TRIES_MAX = 5;
    private static final int DIGITS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DynamoDbClient dynamo;
    private final String table;
    private final KeyedHash hash;
    private final InstantSource clock;

    Codes(DynamoDbClient dynamo, Surroundings surroundings) {
        this.dynamo = dynamo;
        this.table = surroundings.settings(VerificationsSettings.class).verificationsTable();
        this.hash = surroundings.keyedHash();
        this.clock = surroundings.clock();
    }

    /** A code that was made, to be sent. */
    record Code(UUID verificationId, String digits) {
        @Override
        public String toString() {
            return "code of " + verificationId;
        }
    }

    /** What somebody proved by a code. */
    record Proof(Phone phone, VerificationType type) {}

    /**
     * Takes the one chance in 60 s to send this phone a code for this purpose. The code before stays alive until
     * {@link #make}.
     *
     * @throws tg.ecom.kernel.ProblemException {@link CommonProblem.TooMany} when it was taken
     */
    void reserve(Phone phone, VerificationType type) {
        Instant now = clock.instant();
        try {
            dynamo.updateItem(request -> request.tableName(table)
                    .key(Map.of("id", text(newestKey(phone, type))))
                    .updateExpression("set sent_at = :now, expires_at = :end")
                    .conditionExpression("attribute_not_exists(sent_at) or sent_at <= :before")
                    .expressionAttributeValues(Map.of(
                            ":now", number(now.getEpochSecond()),
                            ":end", number(now.plus(LIFE).getEpochSecond()),
                            ":before", number(now.minus(RESEND_AFTER).getEpochSecond())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        } catch (ConditionalCheckFailedException tooSoon) {
            long sentAt = Long.parseLong(tooSoon.item().get("sent_at").n());
            Duration wait = Duration.between(now, Instant.ofEpochSecond(sentAt).plus(RESEND_AFTER));
            throw new CommonProblem.TooMany(wait).asException();
        }
    }

    /** Makes a code, and kills the one before. */
    Code make(Phone phone, VerificationType type) {
        Instant now = clock.instant();
        UUID id = Uuid7.next(clock);
        String digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", RANDOM.nextInt((int) Math.pow(10, DIGITS)));
        dynamo.putItem(request -> request.tableName(table)
                .item(Map.of(
                        "id", text("code/" + id),
                        "phone", text(phone.e164()),
                        "type", text(type.name()),
                        "code_hash", text(hashed(id, digits)),
                        "tries", number(0),
                        "expires_at", number(now.plus(LIFE).getEpochSecond()))));
        dynamo.updateItem(request -> request.tableName(table)
                .key(Map.of("id", text(newestKey(phone, type))))
                .updateExpression("set verification_id = :id, expires_at = :end")
                .expressionAttributeValues(Map.of(
                        ":id",
                        text(id.toString()),
                        ":end",
                        number(now.plus(LIFE).getEpochSecond()))));
        return new Code(id, digits);
    }

    /** Takes one try. @throws tg.ecom.kernel.ProblemException when the code is wrong or dead */
    Proof verify(UUID id, String digits) {
        Map<String, AttributeValue> item = tried(id);
        Phone phone = Phone.of(item.get("phone").s());
        VerificationType type = VerificationType.valueOf(item.get("type").s());
        boolean alive =
                Long.parseLong(item.get("expires_at").n()) > clock.instant().getEpochSecond();
        if (!alive || !isNewest(phone, type, id)) {
            throw new AuthProblem.CodeExpired().asException();
        }
        byte[] expected = item.get("code_hash").s().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, hashed(id, digits).getBytes(StandardCharsets.UTF_8))) {
            int tries = Integer.parseInt(item.get("tries").n());
            throw new AuthProblem.CodeWrong(TRIES_MAX - tries).asException();
        }
        use(id);
        return new Proof(phone, type);
    }

    private Map<String, AttributeValue> tried(UUID id) {
        try {
            return dynamo.updateItem(request -> request.tableName(table)
                            .key(Map.of("id", text("code/" + id)))
                            .updateExpression("add tries :one")
                            .conditionExpression(
                                    "attribute_exists(id) and tries < :max and attribute_not_exists(used_at)")
                            .expressionAttributeValues(Map.of(":one", number(1), ":max", number(TRIES_MAX)))
                            .returnValues(ReturnValue.ALL_NEW))
                    .attributes();
        } catch (ConditionalCheckFailedException dead) {
            throw new AuthProblem.CodeExpired().asException();
        }
    }

    /** Of two requests with the right code at once, one gets through. */
    private void use(UUID id) {
        try {
            dynamo.updateItem(request -> request.tableName(table)
                    .key(Map.of("id", text("code/" + id)))
                    .updateExpression("set used_at = :now")
                    .conditionExpression("attribute_exists(id) and attribute_not_exists(used_at)")
                    .expressionAttributeValues(
                            Map.of(":now", number(clock.instant().getEpochSecond()))));
        } catch (ConditionalCheckFailedException used) {
            throw new AuthProblem.CodeExpired().asException();
        }
    }

    private boolean isNewest(Phone phone, VerificationType type, UUID id) {
        Map<String, AttributeValue> newest = dynamo.getItem(request -> request.tableName(table)
                        .key(Map.of("id", text(newestKey(phone, type))))
                        .consistentRead(true))
                .item();
        return newest.containsKey("verification_id")
                && newest.get("verification_id").s().equals(id.toString());
    }

    private String newestKey(Phone phone, VerificationType type) {
        return "newest/" + type + "/" + HexFormat.of().formatHex(hash.of("otp-phone", phone.e164()));
    }

    private String hashed(UUID id, String digits) {
        return Base64.getEncoder().encodeToString(hash.of("otp", id + "/" + digits));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
