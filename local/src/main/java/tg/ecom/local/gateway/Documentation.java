package tg.ecom.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** {@code /docs}: Swagger UI on the contract, whose requests go to this address. */
final class Documentation {
    static final String PREFIX = "/docs";

    private static final String VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "css", "text/css",
            "js", "text/javascript",
            "png", "image/png",
            "html", "text/html;charset=utf-8",
            "map", "application/json");
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>Ecom: the API</title>
              <link rel="stylesheet" href="/docs/swagger-ui.css">
              <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
            </head>
            <body>
              <div id="swagger-ui"></div>
              <script src="/docs/swagger-ui-bundle.js"></script>
              <script>
                SwaggerUIBundle({
                  url: '/docs/openapi.yaml',
                  dom_id: '#swagger-ui',
                  deepLinking: true,
                  persistAuthorization: true,
                  tryItOutEnabled: true,
                  validatorUrl: null
                });
              </script>
            </body>
            </html>
            """;

    private final Path contract;
    private final String assets = "META-INF/resources/webjars/swagger-ui/" + version() + "/";

    /** The contract is read at each request, so that an edit shows after a reload. */
    Documentation(Path contract) {
        this.contract = contract;
    }

    static boolean takes(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    /** The page, the contract, or a file of Swagger UI. */
    HttpAnswer answer(String path) {
        return switch (path) {
            case PREFIX, PREFIX + "/" ->
                HttpAnswer.of(200, "text/html;charset=utf-8", PAGE.getBytes(StandardCharsets.UTF_8));
            case PREFIX + "/openapi.yaml" -> contract();
            default -> asset(path.substring(PREFIX.length() + 1));
        };
    }

    /** As it is: its one server is {@code /}, so that requests go to the address by which the page was reached. */
    private HttpAnswer contract() {
        try {
            return HttpAnswer.of(200, "application/yaml", Files.readAllBytes(contract));
        } catch (IOException e) {
            return HttpAnswer.message(404, "There is no openapi.yaml");
        }
    }

    private HttpAnswer asset(String name) {
        String type = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !name.matches("[a-z0-9.-]+")) {
            return HttpAnswer.message(404, "Not Found");
        }
        try (InputStream content = Documentation.class.getClassLoader().getResourceAsStream(assets + name)) {
            return content == null
                    ? HttpAnswer.message(404, "Not Found")
                    : HttpAnswer.of(200, type, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream content = Documentation.class.getClassLoader().getResourceAsStream(VERSION)) {
            properties.load(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Swagger UI is not on the class path", e);
        }
        return properties.getProperty("version");
    }
}
