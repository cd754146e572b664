package tg.ecom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a phone, in the dark: nothing is wider than the screen, and what is written can be read. */
final class NarrowScreenTest {
    /** WCAG 2.2's least contrast of text. */
    private static final double CONTRAST_MIN = 4.5;

    /** How much smaller than on a desk a graph may be. */
    private static final double SCALE_MIN = 0.85;

    /** The contrast of the worst text of the page with what is behind it; SVG's texts stand on their own boxes. */
    private static final String WORST_CONTRAST = """
            () => {
              const light = color => {
                const pen = document.createElement('canvas').getContext('2d');
                pen.fillStyle = color;
                pen.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(value => value / 255)
                  .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const behind = element => {
                const color = getComputedStyle(element).backgroundColor;
                return color === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : color;
              };
              const hasText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
              const written = [...document.querySelectorAll('body *')].filter(element =>
                element.checkVisibility() && !element.closest('svg') && hasText(element));
              return Math.min(...written.map(element => {
                const text = light(getComputedStyle(element).color);
                const ground = light(behind(element));
                return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
              }));
            }
            """;

    @RegisterExtension
    final Browser phone = new Browser(Browser.PHONE_WIDTH, ColorScheme.DARK);

    @RegisterExtension
    final Browser desk = new Browser();

    @Test
    void noPageScrollsSideways_norIsHardToRead() {
        Person afi = Person.signUp(phone.machine(), "Afi", "Mensah");
        Person kossi = Person.signUp(phone.machine(), "Kossi", "Adjavon");
        afi.fund(20_000);
        afi.pay(kossi, 500, "un mot qui ne finit pas " + "o".repeat(60));
        String id = afi.recharge("late");
        String wallet = afi.wallet().path("wallet_id").textValue();
        afi.order(Store.opened(phone.machine()));
        for (Browser browser : new Browser[] {phone, desk}) {
            show(browser, "#/executions", id);
            show(browser, "#/executions/" + id, "Initiate");
            show(browser, "#/sms", afi.phone());
            show(browser, "#/wallets", "Afi M.");
            show(browser, "#/wallets/" + wallet, "ooooo");
            show(browser, "#/operators", afi.phone());
            show(browser, "#/clock", "UTC");
        }
    }

    @Test
    void graphOfAnOrder_isAsWideAsAPhone_inLettersThatCanBeRead() {
        Person afi = Person.signUp(phone.machine(), "Afi", "Mensah");
        afi.fund(20_000);
        String order = afi.order(Store.opened(phone.machine()));
        Page page = phone.at("#/executions/" + order);
        assertThat(page.locator(".state")).hasCount(15);
        assertEquals(
                page.evaluate("document.querySelector('.picture').clientWidth"),
                page.evaluate("document.querySelector('.picture').scrollWidth"));
        double scale = ((Number) page.evaluate("document.querySelector('.graph').getScreenCTM().a")).doubleValue();
        assertTrue(scale >= SCALE_MIN, "drawn at " + scale);
    }

    private static void show(Browser browser, String hash, String content) {
        Page page = browser.at(hash);
        assertThat(page.getByRole(AriaRole.MAIN)).containsText(content);
        assertEquals(
                page.evaluate("document.documentElement.clientWidth"),
                page.evaluate("document.documentElement.scrollWidth"),
                hash);
        double contrast = ((Number) page.evaluate(WORST_CONTRAST)).doubleValue();
        assertTrue(contrast >= CONTRAST_MIN, hash + " has a contrast of " + contrast);
    }
}
