package tg.ecom.local.template;

/** An S3 bucket. */
public record Bucket(String logicalPath, String name) {}
