package tg.ecom.local.aws;

/** The one account and region that the one-machine cloud knows. */
public final class Account {
    /** The account's number. */
    public static final String ID = "000000000000";

    /** The region. */
    public static final String REGION = "us-east-1";

    private Account() {}

    /** The ARN of a resource, such as {@code secret:name-AbCdEf} of {@code secretsmanager}. */
    public static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ID + ":" + resource;
    }
}
