package tg.ecom.local.template;

/** A KMS alias, beginning with {@code alias/}, and the id or ARN of its key. */
public record KeyAlias(String logicalPath, String name, String key) {}
