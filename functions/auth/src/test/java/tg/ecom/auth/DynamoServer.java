package tg.ecom.auth;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/** DynamoDB Local in memory, one for all tests of this JVM: each test has tables of its own. */
final class DynamoServer {
    private static final int PORT = start();

    private DynamoServer() {}

    static String url() {
        return "http://127.0.0.1:" + PORT;
    }

    private static int start() {
        try {
            SQLiteLibraryLoader.initialize();
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server, 1, 1);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(
                    new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null));
            server.start();
            return connector.getLocalPort();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
