package tg.ecom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The outbox, wallets, operators and the clock, as somebody uses them. */
final class PagesTest {
    private static final String WAITING = """
            {"StartAt": "Wait", "QueryLanguage": "JSONata", "States": {
              "Wait": {"Type": "Wait", "Seconds": 880, "Next": "Done"}, "Done": {"Type": "Succeed"}}}
            """;

    @RegisterExtension
    final Browser browser = new Browser();

    @Test
    void codeOfASignUpComesWhileOneLooks_andIsCopied() {
        String phone = Person.newPhone();
        Page page = browser.at("#/sms");
        page.getByLabel("Phone").fill(phone);
        assertThat(page.getByText("No messages.")).isVisible();
        browser.machine().api("/api/auth/send-otp", Map.of(), Map.of("phone", phone, "type", "registration"));
        Locator message = page.getByRole(AriaRole.LISTITEM);
        assertThat(message).hasCount(1);
        assertThat(message).containsText(phone);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy code"))
                .click();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copied")))
                .isVisible();
        assertEquals(Person.code(browser.machine(), phone), page.evaluate("navigator.clipboard.readText()"));
    }

    @Test
    void walletIsFoundByPhone_andHasItsTransferWhileOneLooks() {
        Person afi = Person.signUp(browser.machine(), "Afi", "Mensah");
        Person kossi = Person.signUp(browser.machine(), "Kossi", "Adjavon");
        afi.fund(20_000);
        Page page = browser.at("#/wallets");
        page.getByLabel("Phone").fill(afi.phone());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Find"))
                .click();
        assertThat(heading(page, "Afi M.")).isVisible();
        assertThat(page.locator(".summary .amount")).hasText("20\u202f000 F");
        afi.pay(kossi, 500, "le déjeuner");
        Locator newest = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Entries"))
                .locator("tbody tr")
                .first();
        assertThat(newest).containsText("−500 F");
        assertThat(newest).containsText("19\u202f500 F");
        assertThat(newest).containsText("le déjeuner");
        assertThat(page.locator(".summary .amount")).hasText("19\u202f500 F");
        newest.getByRole(AriaRole.LINK).click();
        assertThat(heading(page, "Kossi A.")).isVisible();
        assertThat(page.getByText("+500 F")).isVisible();
    }

    @Test
    void moneyOfAnOpenOrder_isShownAsHeldForIt_andNoMoreOnceItIsCancelled() {
        Person afi = Person.signUp(browser.machine(), "Afi", "Mensah");
        afi.fund(20_000);
        Page page = browser.at("#/wallets/" + afi.wallet().path("wallet_id").textValue());
        assertAmounts(page, "20\u202f000 F", "0 F", "20\u202f000 F");
        Locator holds = page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Open holds"));
        assertThat(holds).isHidden();
        String order = afi.order(Store.opened(browser.machine()));
        Locator hold = holds.locator("tbody tr");
        assertThat(hold).hasCount(1);
        assertThat(hold).containsText("5\u202f000 F");
        assertThat(hold).containsText("shopping");
        String until = afi.wallet().path("holds").path(0).path("expires_at").textValue();
        assertThat(hold.locator("[data-label=Until]"))
                .hasText(until.substring(0, 19).replace('T', ' '));
        assertAmounts(page, "20\u202f000 F", "5\u202f000 F", "15\u202f000 F");
        hold.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(order))
                .click();
        assertThat(heading(page, order)).isVisible();
        assertThat(page.locator(".state[data-name=\"Await confirmation\"]")).hasAttribute("data-status", "now");
        page.goBack();
        assertThat(hold).hasCount(1);
        afi.cancel(order);
        assertThat(holds).isHidden();
        assertAmounts(page, "20\u202f000 F", "0 F", "20\u202f000 F");
    }

    @Test
    void ledgerIsVerified_andPhoneOfNobodyFindsNobody() {
        Page page = browser.at("#/wallets");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Verify the ledger"))
                .click();
        assertThat(page.getByText("✓ The books balance")).isVisible();
        page.getByLabel("Phone").fill(Person.newPhone());
        page.keyboard().press("Enter");
        assertThat(page.getByText("Nobody has that phone.")).isVisible();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("float yas")))
                .isVisible();
    }

    @Test
    void scenarioOfAPhoneIsChanged_andItsPaymentsStandInTheStatement() {
        Person afi = Person.signUp(browser.machine(), "Afi", "Mensah");
        Page page = browser.at("#/operators");
        Locator yas = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("YAS"));
        yas.getByLabel("Scenario", new Locator.GetByLabelOptions().setExact(true))
                .selectOption("webhook_twice");
        yas.getByLabel("Phone", new Locator.GetByLabelOptions().setExact(true)).fill(afi.phone());
        yas.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Play it"))
                .click();
        assertThat(yas.getByText(afi.phone() + " gets “webhook twice” from now on."))
                .isVisible();
        JsonNode played = browser.machine().tool("GET", "operators/yas", Map.of());
        assertEquals("webhook_twice", played.path("phones").path(afi.phone()).textValue());
        afi.recharge("refused");
        browser.machine().tool("POST", "clock", Map.of("advance_s", 3));
        Locator payment = yas.getByRole(AriaRole.TABLE, new Locator.GetByRoleOptions().setName("Statement"))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(afi.phone()));
        assertThat(payment).containsText("refused");
        assertThat(payment).containsText("5\u202f000 F");
    }

    @Test
    void clockIsMoved_andAWaitEndsByIt() {
        StateMachine waiting = StateMachine.started(browser.machine(), WAITING, "{}");
        Page page = browser.at("#/clock");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("+ 15 min"))
                .click();
        assertThat(page.getByText("Moved by 15 min 0 s.")).isVisible();
        assertThat(page.getByText(Pattern.compile("ahead of this computer’s"))).isVisible();
        browser.at(waiting.hash());
        assertThat(page.locator(".state[data-name=Done]")).hasAttribute("data-status", "passed");
    }

    private static void assertAmounts(Page page, String balance, String held, String available) {
        assertThat(page.locator(".summary .amount")).hasText(balance);
        assertThat(fact(page, "Held")).hasText(held);
        assertThat(fact(page, "Available")).hasText(available);
    }

    private static Locator fact(Page page, String name) {
        Locator term = page.locator("dt", new Page.LocatorOptions().setHasText(name));
        return page.locator(".facts > div")
                .filter(new Locator.FilterOptions().setHas(term))
                .locator("dd");
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }
}
