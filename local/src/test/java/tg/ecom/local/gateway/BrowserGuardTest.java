package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowserGuardTest {
    private static final int PORT = 8080;

    @Test
    void toolWithoutOrigin_isLetThrough() {
        assertTrue(refusal("127.0.0.1:8080", Optional.empty()).isEmpty());
        assertTrue(refusal("localhost:8080", Optional.empty()).isEmpty());
    }

    @Test
    void pageOfThisAddress_isLetThrough() {
        assertTrue(
                refusal("127.0.0.1:8080", Optional.of("http://127.0.0.1:8080")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://127.0.0.1:9090", "http://127.0.0.1.evil.example:8080", "null"})
    void pageOfAnotherOrigin_isRefused(String origin) {
        assertEquals(
                403,
                refusal("127.0.0.1:8080", Optional.of(origin)).orElseThrow().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:8080", "127.0.0.1", "127.0.0.1:80", ""})
    void nameThatLeadsHereFromOutside_isRefused(String host) {
        assertEquals(403, refusal(host, Optional.empty()).orElseThrow().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void toolAskedByAnotherSiteWithoutAnOrigin_isRefused(String site) {
        assertEquals(403, refusalOfTool(site).orElseThrow().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void toolAskedByOurPageOrByThePersonAtTheBrowser_isLetThrough(String site) {
        assertTrue(refusalOfTool(site).isEmpty());
    }

    private static Optional<HttpAnswer> refusalOfTool(String site) {
        return BrowserGuard.refusalOfTool(
                request(Map.of("host", List.of("127.0.0.1:8080"), "sec-fetch-site", List.of(site))));
    }

    private static Optional<HttpAnswer> refusal(String host, Optional<String> origin) {
        Map<String, List<String>> headers = new HashMap<>(Map.of("host", List.of(host)));
        origin.ifPresent(value -> headers.put("origin", List.of(value)));
        HttpRequest request = request(headers);
        assertEquals(
                BrowserGuard.refusal(request).isEmpty(),
                BrowserGuard.refusalOfTool(request).isEmpty());
        return BrowserGuard.refusal(request);
    }

    private static HttpRequest request(Map<String, List<String>> headers) {
        return new HttpRequest("POST", "/_local/clock", "", headers, new byte[0], "127.0.0.1", "http", PORT);
    }
}
