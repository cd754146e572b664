package tg.ecom.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graph's layout by itself: what comes out for whatever definition. */
final class LayoutTest {
    /** What is wrong with the layout of a definition, in words; nothing when it is as it should be. */
    private static final String FAULTS = """
            async definition => {
              const {graphOf} = await import('/console/definition.js');
              const {layout} = await import('/console/layout.js');
              const place = layout(graphOf(definition), node => ({width: 60 + 7 * node.name.length, height: 40}),
                label => ({width: 7 * label.length, height: 16}));
              const faults = [];
              const byName = new Map(place.nodes.map(node => [node.name, node]));
              const apart = (one, other) => one.x + one.width <= other.x || other.x + other.width <= one.x
                || one.y + one.height <= other.y || other.y + other.height <= one.y;
              place.nodes.forEach((one, index) => place.nodes.slice(index + 1).forEach(other => {
                if (!apart(one, other)) {
                  faults.push(`${one.name} lies upon ${other.name}`);
                }
              }));
              for (const node of place.nodes) {
                if (node.x < 0 || node.y < 0 || node.x + node.width > place.width || node.y + node.height > place.height) {
                  faults.push(`${node.name} is outside`);
                }
              }
              for (const edge of place.edges.filter(each => each.from !== each.to)) {
                const [from, to] = [byName.get(edge.from), byName.get(edge.to)];
                if (edge.isBack !== (to.y < from.y)) {
                  faults.push(`${edge.from} to ${edge.to} leads the wrong way`);
                }
                const isAt = (point, node) => point.x >= node.x && point.x <= node.x + node.width
                  && (Math.abs(point.y - node.y) < 1 || Math.abs(point.y - node.y - node.height) < 1);
                if (!isAt(edge.points[0], from) || !isAt(edge.points.at(-1), to)) {
                  faults.push(`${edge.from} to ${edge.to} hangs in the air`);
                }
              }
              return faults;
            }
            """;

    /** A definition of so many states, each of which may lead to any, as the seed has it; the last ends it. */
    private static final String ANY_DEFINITION = """
            ([seed, count]) => {
              let state = seed;
              const below = bound => (state = (state * 48271) % 2147483647) % bound;
              const name = () => `S${below(count)}`;
              const any = index => below(3) > 0 ? {Type: 'Task', Next: name(), Catch: [{ErrorEquals: ['E'], Next: name()}]}
                : {Type: 'Choice', Choices: [{Condition: '{% $x %}', Next: name()}], Default: `S${index + 1}`};
              const states = Array.from({length: count - 1}, (_, index) => [`S${index}`, any(index)]);
              return {StartAt: 'S0', States: Object.fromEntries([...states, [`S${count - 1}`, {Type: 'Succeed'}]])};
            }
            """;

    /** How many of a definition's ways cross, each taken as the lines between its points. */
    private static final String CROSSINGS = """
            async definition => {
              const {graphOf} = await import('/console/definition.js');
              const {layout} = await import('/console/layout.js');
              const {edges} = layout(graphOf(definition), node => ({width: 60 + 7 * node.name.length, height: 40}),
                label => ({width: 7 * label.length, height: 16}));
              const lines = edges.flatMap(({points}) => points.slice(1).map((point, index) => [points[index], point]));
              const side = ([a, b], c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
              const cross = (one, other) => side(one, other[0]) * side(one, other[1]) < 0
                && side(other, one[0]) * side(other, one[1]) < 0;
              return lines.flatMap((one, index) => lines.slice(index + 1).filter(other => cross(one, other))).length;
            }
            """;

    @RegisterExtension
    final Browser browser = new Browser();

    private Page page;

    @BeforeEach
    void open() {
        page = browser.at("#/clock");
    }

    @Test
    void whateverLeadsWherever_nothingLiesUponAnything_andEveryWayLeadsFromItsStateToItsState() {
        for (int seed = 1; seed <= 60; seed++) {
            Object definition = page.evaluate(ANY_DEFINITION, List.of(seed, 2 + seed % 24));
            assertEquals(List.of(), page.evaluate(FAULTS, definition), "seed " + seed);
        }
    }

    @Test
    void everySagaIsDrawnWithoutAFault_andChargeWithoutACrossing() throws IOException {
        try (var files = Files.newDirectoryStream(
                Path.of(System.getProperty("ecom.root")).resolve("statemachines"), "*.asl.json")) {
            for (Path file : files) {
                assertEquals(List.of(), page.evaluate(FAULTS, read(Files.readString(file))), file::toString);
            }
        }
        Path charge = Path.of(System.getProperty("ecom.root")).resolve("statemachines/charge.asl.json");
        assertEquals(0, page.evaluate(CROSSINGS, read(Files.readString(charge))));
    }

    @Test
    void stateThatLeadsToItself_hasALoopBesideIt() {
        Object definition = read("""
                {"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B",
                  "Choices": [{"Condition": "{% $x %}", "Next": "A"}]}, "B": {"Type": "Succeed"}}}
                """);
        assertEquals(List.of(), page.evaluate(FAULTS, definition));
    }

    private Map<?, ?> read(String json) {
        return (Map<?, ?>) page.evaluate("text => JSON.parse(text)", json);
    }
}
