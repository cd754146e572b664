package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files as the gateway serves them, and who may ask for what it shows. */
final class ConsoleTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/console/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");

    @TempDir
    private Path directory;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(directory);
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=utf-8",
        "/console/index.html, text/html;charset=utf-8",
        "/console/console.css, text/css;charset=utf-8",
        "/console/main.js, text/javascript;charset=utf-8",
        "/console/icon.svg, image/svg+xml"
    })
    void everyFile_hasItsTypeAndAPolicyThatLetsNothingElseIn(String path, String type) throws Exception {
        HttpResponse<String> answer = gateway.get(path);
        assertEquals(200, answer.statusCode());
        assertFalse(answer.body().isBlank());
        assertEquals(Optional.of(type), answer.headers().firstValue("content-type"));
        String policy = answer.headers().firstValue("content-security-policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'self'; "), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(Optional.of("nosniff"), answer.headers().firstValue("x-content-type-options"));
        assertEquals(Optional.of("no-cache"), answer.headers().firstValue("cache-control"));
    }

    @Test
    void whatThePageNames_isThere_andNothingOfItIsElsewhere() throws Exception {
        String page = gateway.get("/").body();
        assertFalse(page.contains("://"), "an address elsewhere");
        assertFalse(page.contains(" style="), "a style that the policy refuses");
        assertFalse(page.contains("<script>"), "a script that the policy refuses");
        Matcher references = REFERENCE.matcher(page);
        while (references.find()) {
            assertEquals(200, gateway.get(references.group(1)).statusCode(), references.group(1));
        }
        assertModulesOf("main.js");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/none.js",
                "/console/",
                "/console/..%2Fconsole.css",
                "/console/../aws/cloud.sql",
                "/console/main.js/",
                "/console/cloud.sql",
                "/console/%2e%2e/aws/cloud.sql"
            })
    void whatIsNoFileOfTheConsole_isNotFound(String path) throws Exception {
        assertEquals(404, gateway.get(path).statusCode());
    }

    @Test
    void anotherMethodAtTheRoot_isTheApisToRefuse() throws Exception {
        HttpResponse<String> answer = TestGateway.CLIENT.send(
                gateway.request("/").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        TestGateway.assertMessage(404, "Not Found", answer);
    }

    @Test
    void nameOfOthersThatLeadsHere_getsNoPage() throws Exception {
        for (String path : new String[] {"/", "/console/main.js", "/_local/health"}) {
            HttpResponse<String> answer = TestGateway.CLIENT.send(
                    gateway.request(path)
                            .header("host", "evil.example:" + gateway.port())
                            .build(),
                    BodyHandlers.ofString());
            TestGateway.assertMessage(403, "Forbidden", answer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/_local/health, sec-fetch-site, cross-site, 403",
        "/_local/health, sec-fetch-site, same-site, 403",
        "/_local/health, origin, https://evil.example, 403",
        "/_local/health, sec-fetch-site, same-origin, 200",
        "/_local/health, sec-fetch-site, none, 200",
        // A link to the console, from wherever.
        "/, sec-fetch-site, cross-site, 200",
    })
    void toolsAnswerOurPageOnly(String path, String header, String value, int status) throws Exception {
        HttpResponse<String> answer = TestGateway.CLIENT.send(
                gateway.request(path).header(header, value).build(), BodyHandlers.ofString());
        assertEquals(status, answer.statusCode());
        assertEquals(Map.of(), onlyCors(answer));
    }

    private static Map<String, ?> onlyCors(HttpResponse<String> answer) {
        return answer.headers().map().entrySet().stream()
                .filter(header -> header.getKey().startsWith("access-control-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void assertModulesOf(String module) throws Exception {
        HttpResponse<String> answer = gateway.get("/console/" + module);
        assertEquals(200, answer.statusCode(), module);
        for (String unsafe : new String[] {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
            assertFalse(answer.body().contains(unsafe), module + " has " + unsafe);
        }
        Matcher imports = IMPORT.matcher(answer.body());
        while (imports.find()) {
            assertModulesOf(imports.group(1));
        }
    }
}
