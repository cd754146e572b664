package tg.ecom.local.aws;

/** One AWS service of the one-machine cloud, speaking that service's own wire protocol. */
public interface AwsService {
    /** The name under which clients sign for it (SigV4 credential scope), such as {@code secretsmanager}. */
    String signingName();

    /**
     * Answers one request. What the caller did wrong is an answer in the service's own error format, not an exception.
     */
    AwsResponse handle(AwsRequest request);
}
