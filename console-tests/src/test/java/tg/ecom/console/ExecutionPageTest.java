package tg.ecom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An execution as its page shows it while it runs, and how it ended. */
final class ExecutionPageTest {
    private static final String GROUPS = """
            {"QueryLanguage": "JSONata", "StartAt": "Prepare", "States": {
              "Prepare": {"Type": "Pass", "Output": "{% {'tries': $states.input.tries + 1} %}", "Next": "Enough?"},
              "Enough?": {"Type": "Choice", "Default": "Breathe",
                "Choices": [{"Condition": "{% $states.input.tries > 2 %}", "Next": "Both"}]},
              "Breathe": {"Type": "Wait", "Seconds": 0, "Next": "Prepare"},
              "Both": {"Type": "Parallel", "Next": "Each",
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Hopeless"}],
                "Branches": [
                  {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}},
                  {"StartAt": "Two", "States": {"Two": {"Type": "Pass", "Next": "Three"},
                    "Three": {"Type": "Pass", "End": true}}}]},
              "Each": {"Type": "Map", "Items": [1, 2, 3], "Next": "Risky",
                "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}},
              "Risky": {"Type": "Parallel", "Next": "Never",
                "Catch": [{"ErrorEquals": ["Broken"], "Next": "Hopeless"}],
                "Branches": [{"StartAt": "Break", "States": {"Break": {"Type": "Fail", "Error": "Broken"}}}]},
              "Never": {"Type": "Succeed"},
              "Hopeless": {"Type": "Fail", "Error": "Hopeless", "Cause": "on purpose"}}}
            """;

    private static final String WAITING = """
            {"QueryLanguage": "JSONata", "StartAt": "Wait", "States": {
              "Wait": {"Type": "Wait", "Seconds": 86400, "Next": "Done"}, "Done": {"Type": "Succeed"}}}
            """;

    @RegisterExtension
    final Browser browser = new Browser();

    @Test
    void chargeGoesFromInitiateToChargedWhileOneLooks_andIsAskedAboutNoMoreThen() {
        Person afi = Person.signUp(browser.machine(), "Afi", "Mensah");
        String id = afi.recharge("late");
        Page page = browser.at("#/executions");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(id)).click();
        assertThat(state(page, "Initiate")).hasAttribute("data-status", "now");
        assertThat(state(page, "Charged")).hasAttribute("aria-label", "Charged, Succeed, not reached");
        assertThat(badge(page)).hasText("running");
        assertThat(panel(page)).containsText("waiting");
        browser.machine().tool("POST", "clock", Map.of("advance_s", 301));
        assertThat(state(page, "Charged")).hasAttribute("data-status", "passed");
        assertThat(state(page, "Initiate")).hasAttribute("aria-label", "Initiate, Task, passed");
        assertThat(badge(page)).hasText("succeeded");
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("ExecutionSucceeded");
        assertAskedNoMore(page, id);
    }

    @Test
    void refusedCharge_showsTheErrorThatWasCaught_andTheStateItFailedIn() {
        Person afi = Person.signUp(browser.machine(), "Afi", "Mensah");
        String id = afi.recharge("refused");
        browser.machine().tool("POST", "clock", Map.of("advance_s", 3));
        Page page = browser.at("#/executions/" + id);
        assertThat(state(page, "Not charged")).hasAttribute("data-status", "failed");
        assertThat(state(page, "Initiate")).hasAttribute("data-status", "caught");
        assertThat(badge(page)).hasText("failed");
        state(page, "Initiate").click();
        assertThat(panel(page)).containsText("Refused");
        assertThat(panel(page)).containsText("error caught");
        assertThat(panel(page)).containsText(id);
    }

    @Test
    void stateIsPickedByKeyboard_andTellsWhatItWasGivenAndGave() {
        StateMachine groups = StateMachine.started(browser.machine(), GROUPS, "{\"tries\": 0}");
        Page page = browser.at(groups.hash());
        assertThat(badge(page)).hasText("failed");
        state(page, "Prepare").focus();
        page.keyboard().press("Enter");
        assertThat(state(page, "Prepare")).hasAttribute("aria-pressed", "true");
        assertThat(panel(page)).containsText("Pass, passed (visit 3)");
        assertThat(panel(page)).containsText("\"tries\": 2");
        assertThat(panel(page)).containsText("\"tries\": 3");
    }

    @Test
    void waysOfTheStateThatIsLookedAt_standOut_andAreToldInFull() {
        StateMachine groups = StateMachine.started(browser.machine(), GROUPS, "{\"tries\": 0}");
        Page page = browser.at(groups.hash());
        assertThat(badge(page)).hasText("failed");
        assertThat(page.locator(".way.near")).hasCount(0);
        state(page, "Breathe").hover();
        assertThat(page.locator(".way.near")).hasCount(2);
        assertThat(page.locator(".label.near")).hasText(Pattern.compile("otherwise$"));
        state(page, "Enough?").click();
        assertThat(page.locator(".way.near")).hasCount(3);
        page.mouse().move(0, 0);
        assertThat(page.locator(".way.near")).hasCount(3);
        assertThat(panel(page).locator(".ways li"))
                .hasText(new String[] {"Both if $states.input.tries > 2", "Breathe otherwise"});
        state(page, "Risky").focus();
        page.keyboard().press("Enter");
        assertThat(panel(page).locator(".ways li")).hasText(new String[] {"Never", "Hopeless on Broken"});
    }

    @Test
    void stateThatIsPointedAt_staysSetApart_whileTheExecutionGoesOn() {
        StateMachine waiting = StateMachine.started(browser.machine(), WAITING, "{}");
        Page page = browser.at(waiting.hash());
        state(page, "Done").hover();
        assertThat(page.locator(".way.near")).hasCount(1);
        Predicate<Response> news = response -> response.url().contains(waiting.execution());
        page.waitForResponse(news, () -> {});
        page.waitForResponse(news, () -> {});
        assertThat(page.locator(".way.near")).hasCount(1);
        page.mouse().move(0, 0);
        assertThat(page.locator(".way.near")).hasCount(0);
    }

    @Test
    void loopsBranchesAndItems_areDrawnAndMarkedEachByWhatBecameOfIt() {
        StateMachine groups = StateMachine.started(browser.machine(), GROUPS, "{\"tries\": 0}");
        Page page = browser.at(groups.hash());
        assertThat(badge(page)).hasText("failed");
        for (String passed : List.of("Prepare", "Enough?", "Breathe", "Both", "One", "Two", "Three", "Each", "Item")) {
            assertThat(state(page, passed)).hasAttribute("data-status", "passed");
        }
        assertThat(state(page, "Item")).containsText("Pass · 3×");
        assertThat(state(page, "Risky")).hasAttribute("data-status", "caught");
        assertThat(state(page, "Break")).hasAttribute("data-status", "failed");
        assertThat(state(page, "Hopeless")).hasAttribute("data-status", "failed");
        assertThat(state(page, "Never")).hasAttribute("data-status", "");
        assertThat(page.locator(".picture")).containsText("$states.input.tries > 2");
        assertThat(page.locator(".picture")).containsText("otherwise");
        assertThat(page.locator(".way.catch")).hasCount(2);
    }

    @Test
    void noTwoStatesLieUponEachOther_butBranchesWithinTheirGroup() {
        StateMachine groups = StateMachine.started(browser.machine(), GROUPS, "{\"tries\": 0}");
        Page page = browser.at(groups.hash());
        assertThat(badge(page)).hasText("failed");
        List<BoundingBox> outer = page.locator(".graph > g > .state > rect").all().stream()
                .map(Locator::boundingBox)
                .toList();
        assertEquals(8, outer.size());
        for (int one = 0; one < outer.size(); one++) {
            for (int other = one + 1; other < outer.size(); other++) {
                assertTrue(isApart(outer.get(one), outer.get(other)));
            }
        }
        for (String inner : List.of("One", "Two", "Three")) {
            assertTrue(isWithin(
                    state(page, inner).locator("> rect").boundingBox(),
                    state(page, "Both").locator("> rect").boundingBox()));
        }
        assertTrue(
                state(page, "Prepare").boundingBox().y < state(page, "Breathe").boundingBox().y);
    }

    @Test
    void listIsFilteredByStatus_andNamesNobodyElse() {
        StateMachine failed = StateMachine.started(browser.machine(), GROUPS, "{\"tries\": 0}");
        Page page = browser.at("#/executions");
        Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(failed.execution()));
        assertThat(link).isVisible();
        page.getByLabel("Status").selectOption("RUNNING");
        assertThat(link).hasCount(0);
        page.getByLabel("Status").selectOption("FAILED");
        assertThat(link).isVisible();
        page.getByLabel("State machine").selectOption("ecom-local-charge");
        assertThat(link).hasCount(0);
    }

    @Test
    void executionThatIsNotThere_isSaidToBe() {
        Page page = browser.at("#/executions/none");
        browser.mayComplain();
        assertThat(page.getByText("No execution is called none.")).isVisible();
    }

    /** The clock goes on to be asked, so that time passes in which the execution would have been. */
    private static void assertAskedNoMore(Page page, String id) {
        AtomicInteger asked = new AtomicInteger();
        page.onRequest(request -> asked.addAndGet(request.url().contains(id) ? 1 : 0));
        page.waitForResponse(response -> response.url().endsWith("/_local/clock"), () -> {});
        page.waitForResponse(response -> response.url().endsWith("/_local/clock"), () -> {});
        assertEquals(0, asked.get());
    }

    private static Locator state(Page page, String name) {
        return page.locator(".state[data-name=\"" + name + "\"]");
    }

    private static Locator badge(Page page) {
        return page.locator(".summary .badge");
    }

    private static Locator panel(Page page) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("State").setExact(true));
    }

    private static boolean isApart(BoundingBox one, BoundingBox other) {
        return one.x + one.width <= other.x
                || other.x + other.width <= one.x
                || one.y + one.height <= other.y
                || other.y + other.height <= one.y;
    }

    private static boolean isWithin(BoundingBox inner, BoundingBox outer) {
        return inner.x > outer.x
                && inner.y > outer.y
                && inner.x + inner.width < outer.x + outer.width
                && inner.y + inner.height < outer.y + outer.height;
    }
}
