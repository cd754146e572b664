package tg.ecom.local.template;

/**
 * A value of a resource that a template asks for.
 *
 * @param type the resource's type, such as {@code AWS::RDS::DBCluster}
 * @param logicalPath logical ids from the root template down, joined by slashes, such as {@code Database/Cluster}
 * @param name the physical name: the property that names it or {@code <stack>-<LogicalId>}
 * @param attribute what {@code Fn::GetAtt} names, such as {@code Endpoint.Address}; {@link #REF} for {@code Ref}
 */
public record ResourceReference(String type, String logicalPath, String name, String attribute) {
    /** The attribute that stands for {@code Ref}. */
    public static final String REF = "Ref";
}
