package tg.ecom.local.template;

import java.util.List;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param logicalPath logical ids from the root template down
 * @param name the table's name
 * @param key its primary key
 * @param indexes its global secondary indexes
 * @param expiryAttribute the attribute by which DynamoDB deletes items (TTL), if enabled
 */
public record Table(String logicalPath, String name, Key key, List<Index> indexes, Optional<String> expiryAttribute) {
    /** The table's ARN. */
    public String arn() {
        return ResourceNames.arn("dynamodb", "table/" + name);
    }

    /** An attribute of a key; the type is {@code S}, {@code N} or {@code B}. */
    public record Attribute(String name, String type) {}

    /** A partition key and perhaps a sort key. */
    public record Key(Attribute partition, Optional<Attribute> sort) {}

    /** A global secondary index; projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE} with those attributes. */
    public record Index(String name, Key key, String projection, List<String> included) {}
}
