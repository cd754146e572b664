package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final Routes ROUTES = new Routes(TestStacks.of(List.of(
            "$default",
            "ANY /api/{proxy+}",
            "GET /api/{kind}/list",
            "GET /api/wallet/{id}",
            "ANY /api/wallet/balance",
            "GET /api/wallet/balance",
            "POST /api/wallet/{id}/receipt")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/wallet/balance     | GET /api/wallet/balance
            POST   | /api/wallet/balance     | ANY /api/wallet/balance
            GET    | /api/wallet/7           | GET /api/wallet/{id}
            DELETE | /api/wallet/7           | ANY /api/{proxy+}
            GET    | /api/wallet/list        | GET /api/wallet/{id}
            GET    | /api/shops/list         | GET /api/{kind}/list
            POST   | /api/wallet/7/receipt   | POST /api/wallet/{id}/receipt
            GET    | /api/wallet/a%2Fb       | GET /api/wallet/{id}
            GET    | /api/wallet/            | ANY /api/{proxy+}
            GET    | /api/                   | $default
            GET    | /api                    | $default
            GET    | /API/wallet/balance     | $default
            GET    | /elsewhere/a/b          | $default
            """)
    void mostSpecificRouteAnswers(String method, String path, String key) {
        assertEquals(key, match(method, path).route().definition().key());
    }

    @Test
    void parametersAreDecoded_andASlashInThemPartsNothing() {
        assertEquals(
                Map.of("id", "a/b c+d"), match("GET", "/api/wallet/a%2Fb%20c+d").parameters());
        assertEquals(Map.of("proxy", "x/y/z"), match("PUT", "/api/x/y/z").parameters());
        assertEquals(Map.of("id", "100%"), match("GET", "/api/wallet/100%").parameters());
    }

    private static Routes.Match match(String method, String path) {
        return ROUTES.find(method, path).orElseThrow();
    }
}
