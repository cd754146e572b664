package tg.ecom.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A page of the console for each test, in the machine's own Chromium. After each test: the page has logged no error,
 * has thrown none, and has asked nobody but 127.0.0.1.
 */
final class Browser implements BeforeEachCallback, AfterEachCallback {
    /** A screen on a desk. */
    static final int DESK_WIDTH = 1_280;

    /** The narrowest phone. */
    static final int PHONE_WIDTH = 360;

    private static final int HEIGHT = 800;
    private static final double EXPECTED_WITHIN_MS = 20_000;
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");

    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final int width;
    private final ColorScheme colors;
    private BrowserContext context;
    private Page page;
    private boolean mayComplain;

    Browser() {
        this(DESK_WIDTH, ColorScheme.LIGHT);
    }

    Browser(int width, ColorScheme colors) {
        this.width = width;
        this.colors = colors;
    }

    /** The page, not yet anywhere. */
    Page page() {
        return page;
    }

    /** The page at a hash of the console's. */
    Page at(String hash) {
        page.navigate(machine().address() + "/" + hash);
        return page;
    }

    Machine machine() {
        return Machine.get();
    }

    /** Lets the browser log requests that fail, since the test has them fail. */
    void mayComplain() {
        mayComplain = true;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        assumeTrue(program().isPresent(), "there is no Chromium on the PATH");
        context = chromium(test)
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, HEIGHT)
                        .setColorScheme(colors)
                        .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.onRequest(request -> asked.add(request.url()));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (context == null) {
            return;
        }
        context.close();
        assertTrue(complaints.isEmpty() || mayComplain, complaints::toString);
        asked.forEach(url -> assertEquals("127.0.0.1", URI.create(url).getHost(), url));
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static com.microsoft.playwright.Browser chromium(ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(Browser.class))
                .getOrComputeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class)
                .browser;
    }

    /** The one that all tests of a run share, ended with the run. */
    private static final class Chromium implements AutoCloseable {
        private final Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        private final com.microsoft.playwright.Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program().orElseThrow())
                        // Chromium refuses its sandbox to root, as whom containers run; it shows our own page only.
                        .setArgs(List.of("--no-sandbox")));

        private Chromium() {
            PlaywrightAssertions.setDefaultAssertionTimeout(EXPECTED_WITHIN_MS);
        }

        @Override
        public void close() {
            playwright.close();
        }
    }
}
