package tg.ecom.local.template;

import java.util.Optional;

/**
 * An Aurora cluster.
 *
 * @param logicalPath logical ids from the root template down
 * @param name the cluster's identifier
 * @param engine such as {@code aurora-postgresql}
 * @param database the database that is made with it, if any
 * @param masterUser the master user's name, if it is written
 * @param masterSecretArn the secret that RDS keeps of the master user ({@code {username, password}})
 */
public record Database(
        String logicalPath,
        String name,
        String engine,
        Optional<String> database,
        Optional<String> masterUser,
        String masterSecretArn) {}
