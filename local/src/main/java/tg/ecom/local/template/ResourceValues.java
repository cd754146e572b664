package tg.ecom.local.template;

import java.util.Optional;

/**
 * What only the running cloud knows of a resource, such as a database's port or a queue's URL. Names and ARNs follow
 * from the templates ({@link ResourceNames}); what is supplied here goes before them.
 */
@FunctionalInterface
public interface ResourceValues {
    /** The value, or empty where the template's own rules give it. */
    Optional<String> value(ResourceReference reference);
}
