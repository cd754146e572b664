package tg.ecom.local.template;

/** An SNS topic. */
public record Topic(String logicalPath, String name) {
    /** The topic's ARN. */
    public String arn() {
        return ResourceNames.arn("sns", name);
    }
}
