package tg.ecom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same on every page: its name, hostile data, and a machine that does not answer. */
final class FrameTest {
    private static final String HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

    @RegisterExtension
    final Browser browser = new Browser();

    @Test
    void rootIsTheListOfExecutions_andEachPageHasItsNameAndItsPlaceInTheMenu() {
        Page page = browser.at("");
        for (String name : new String[] {"SMS", "Wallets", "Operators", "Clock", "Executions"}) {
            page.getByRole(AriaRole.NAVIGATION).getByText(name).click();
            assertThat(page).hasTitle(name + " · Ecom console");
            assertThat(page.locator("nav [aria-current=page]")).hasText(name);
        }
    }

    @Test
    void hostileTextOfAMessage_staysText() {
        String phone = Person.newPhone();
        browser.machine().text(phone, "Bonjour " + HOSTILE);
        Page page = browser.at("#/sms");
        page.getByLabel("Phone").fill(phone);
        assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(1);
        assertThat(page.getByRole(AriaRole.LISTITEM)).containsText(HOSTILE);
        assertHarmless(page);
    }

    @Test
    void hostileTextOfAnExecution_staysText_inItsInputAndItsStatesAndItsError() {
        String json = HOSTILE.replace("\"", "\\\"");
        String state = HOSTILE.substring(0, 30).replace("\"", "\\\"");
        StateMachine hostile = StateMachine.started(
                browser.machine(), """
                {"StartAt": "%s", "QueryLanguage": "JSONata", "States": {
                  "%s": {"Type": "Pass", "Comment": "%s", "Next": "Fail"},
                  "Fail": {"Type": "Fail", "Error": "<b>E</b>", "Cause": "%s"}}}
                """.formatted(state, state, json, json), "{\"note\": \"" + json + "\"}");
        Page page = browser.at(hostile.hash());
        assertThat(page.locator(".summary")).containsText(HOSTILE);
        assertThat(page.locator(".data")).containsText("onerror=");
        assertThat(page.locator(".graph")).containsText("<img src=x onerror=");
        assertHarmless(page);
    }

    @Test
    void nameOfNothing_isNoMarkupEither() {
        browser.mayComplain();
        Page page = browser.at("#/executions/%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D1%22%3E");
        assertThat(page.getByRole(AriaRole.HEADING)).containsText("<img src=x");
        assertHarmless(page);
    }

    @Test
    void machineThatDoesNotAnswer_isSaidSo_untilItAnswersAgain() {
        browser.mayComplain();
        Page page = browser.at("#/executions");
        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
        page.route("**/_local/**", Route::abort);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The machine does not answer");
        page.unroute("**/_local/**");
        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
    }

    @Test
    void hiddenTabAsksNothing_untilItIsSeenAgain() {
        Page page = browser.page();
        page.clock().install();
        browser.at("#/executions");
        assertThat(page.getByLabel("State machine")).containsText("charge");
        see(page, false);
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.clock().runFor(5_000);
        AtomicInteger asked = new AtomicInteger();
        page.onRequest(request -> asked.incrementAndGet());
        page.clock().runFor(60_000);
        assertEquals(0, asked.get());
        page.waitForResponse(response -> response.url().endsWith("/_local/executions"), () -> see(page, true));
    }

    private static void see(Page page, boolean isSeen) {
        page.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
                  document.dispatchEvent(new Event('visibilitychange'));
                }
                """, !isSeen);
    }

    @Test
    void skipLinkLeadsPastTheMenu() {
        Page page = browser.at("#/clock");
        assertThat(page).hasTitle(Pattern.compile("Clock"));
        page.getByText("To the content").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#view")).isFocused();
        assertThat(page).hasTitle(Pattern.compile("Clock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/nope", "#/sms/nope", "#/executions/%"})
    void hashOfNoPage_leadsToOneThatIs(String hash) {
        browser.mayComplain();
        Page page = browser.at(hash);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isVisible();
    }

    private static void assertHarmless(Page page) {
        assertEquals(0, page.locator("main img, main script").count());
        assertNull(page.evaluate("window.hit ?? null"));
    }
}
