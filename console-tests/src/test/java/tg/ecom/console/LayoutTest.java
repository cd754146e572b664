package tg.ecom.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** The layout of a definition, as the others' place. */
    private static final String PLACE = """
              const {graphOf} = await import('/console/definition.js');
              const {layout} = await import('/console/layout.js');
              const place = layout(graphOf(definition), node => ({width: 60 + 7 * node.name.length, height: 40}),
                label => ({width: 7 * label.length, height: 16}));
            """;

    /** What lies upon what it should not: a way upon a state, a label or a way of others, a label upon anything. */
    private static final String COLLISIONS = "async definition => {" + PLACE + """
              const found = [];
              const labels = [...Map.groupBy(place.edges.filter(edge => edge.place), edge => edge.place)]
                .map(([{x, y}, [{label}]]) => ({name: `“${label}”`, x: x - 3.5 * label.length, y: y - 8,
                  width: 7 * label.length, height: 16}));
              const boxes = [...labels, ...place.nodes];
              const lines = place.edges.flatMap(edge => edge.points.slice(1).map((point, index) => {
                const before = edge.points[index];
                return {edge, name: `${edge.from} to ${edge.to}`, x: Math.min(point.x, before.x),
                  y: Math.min(point.y, before.y), width: Math.abs(point.x - before.x),
                  height: Math.abs(point.y - before.y)};
              }));
              const isChoice = ({kind}) => kind === 'choice' || kind === 'default';
              const mayShare = (one, other) => one === other
                || one.to === other.to && one.kind === other.kind && one.label === other.label
                || one.from === other.from && isChoice(one) && isChoice(other);
              const shared = (one, other, at, length) => Math.min(one[at] + one[length], other[at] + other[length])
                - Math.max(one[at], other[at]);
              const across = (one, other) => shared(one, other, 'x', 'width');
              const down = (one, other) => shared(one, other, 'y', 'height');
              const isUpon = (one, other) => across(one, other) > 0.01 && down(one, other) > 0.01;
              labels.forEach((label, index) => boxes.slice(index + 1).filter(box => isUpon(label, box))
                .forEach(box => found.push(`${label.name} lies upon ${box.name}`)));
              const frame = {x: 0, y: 0, width: place.width, height: place.height};
              for (const one of [...labels, ...lines]) {
                if (across(one, frame) < one.width - 0.01 || down(one, frame) < one.height - 0.01) {
                  found.push(`${one.name} is outside`);
                }
              }
              lines.forEach((line, index) => {
                if (line.width > 0.01 && line.height > 0.01) {
                  found.push(`${line.name} is slanted`);
                }
                const wide = {...line, x: line.x - 1, y: line.y - 1, width: line.width + 2, height: line.height + 2};
                boxes.filter(box => across(wide, box) > 1.01 && down(wide, box) > 1.01)
                  .forEach(box => found.push(`${line.name} goes through ${box.name}`));
                lines.slice(index + 1).filter(other => !mayShare(line.edge, other.edge))
                  .filter(other => Math.min(across(line, other), down(line, other)) > -0.01
                    && Math.max(across(line, other), down(line, other)) > 0.01
                    && (line.width > 0.01) === (other.width > 0.01))
                  .forEach(other => found.push(`${line.name} lies upon ${other.name}`));
              });
              return found;
            }
            """;

    /** The width of a definition's layout, its columns of states, and at how many places ways cross. */
    private static final String MEASURES = "async definition => {" + PLACE + """
              const lines = place.edges.flatMap(({points}) => points.slice(1).map((point, index) => [points[index], point]));
              const [upright, level] = [lines.filter(([a, b]) => a.x === b.x), lines.filter(([a, b]) => a.y === b.y)];
              const isBetween = (value, one, other) => value > Math.min(one, other) && value < Math.max(one, other);
              const crossings = new Set(upright.flatMap(([a, b]) => level
                .filter(([c, d]) => isBetween(a.x, c.x, d.x) && isBetween(c.y, a.y, b.y))
                .map(([c]) => `${a.x} ${c.y}`)));
              const columns = Map.groupBy(place.nodes.slice(1), node => node.x + node.width / 2);
              return {width: place.width, crossings: crossings.size, columns: [...columns.values()].map(column =>
                column.toSorted((one, other) => one.y - other.y).map(node => node.name))};
            }
            """;

    /** Of definitions with so many branches each: whether these stand beside each other, or false if below. */
    private static final String BRANCHES = """
            async counts => {
              const {graphOf} = await import('/console/definition.js');
              const {layout} = await import('/console/layout.js');
              return counts.map(count => {
                const branch = index => ({StartAt: `B${index}`, States: {[`B${index}`]: {Type: 'Pass', End: true}}});
                const all = {Type: 'Parallel', Branches: Array.from({length: count}, (_, index) => branch(index)), End: true};
                const place = layout(graphOf({StartAt: 'All', States: {All: all}}), () => ({width: 100, height: 40}),
                  () => ({width: 0, height: 0}));
                const [{width, height, inner}] = place.nodes.filter(node => node.name === 'All');
                const isWithin = inner.every(({x, y, ...each}) =>
                  x > 0 && y > 0 && x + each.width < width && y + each.height < height);
                const gaps = at => inner.slice(1).map((each, index) => each[at] - inner[index][at]);
                return isWithin && gaps('x').every(gap => gap > inner[0].width) && gaps('y').every(gap => gap === 0)
                  ? true : isWithin && gaps('y').every(gap => gap > inner[0].height) ? false : 'neither';
              });
            }
            """;

    /** What the phones' screens have beside each other, when a page's edges are taken off. */
    private static final double PHONE_WIDTH = 330;

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
            assertEquals(List.of(), page.evaluate(COLLISIONS, definition), "seed " + seed);
        }
    }

    @Test
    void everySagaIsDrawnWithoutAFault_andChargeWithoutACrossing() throws IOException {
        try (var files = Files.newDirectoryStream(
                Path.of(System.getProperty("ecom.root")).resolve("statemachines"), "*.asl.json")) {
            for (Path file : files) {
                assertEquals(List.of(), page.evaluate(FAULTS, read(Files.readString(file))), file::toString);
                assertEquals(List.of(), page.evaluate(COLLISIONS, read(Files.readString(file))), file::toString);
            }
        }
        assertEquals(0, page.evaluate(CROSSINGS, saga("charge")));
    }

    @Test
    void orderIsNoWiderThanAPhone_itsWayThatGoesWellOneColumn_andTheRestAnother() throws IOException {
        Map<?, ?> measures = (Map<?, ?>) page.evaluate(MEASURES, saga("order"));
        assertEquals(
                List.of(
                        List.of(
                                "How it is paid",
                                "Begin charge",
                                "Charge",
                                "Arrive",
                                "Where it stands",
                                "Await confirmation",
                                "Await preparation",
                                "Await readiness",
                                "Await handover",
                                "Brought or fetched",
                                "Await delivery",
                                "Delivered"),
                        List.of("Not paid", "Cancelled", "Expire")),
                measures.get("columns"));
        double width = ((Number) measures.get("width")).doubleValue();
        assertTrue(width <= PHONE_WIDTH, "it is " + width + " wide");
        int crossings = (int) measures.get("crossings");
        assertTrue(crossings <= 6, crossings + " places where ways cross");
    }

    @Test
    void wayThatGoesWell_isNeitherTheOneOfAnErrorNorTheOneToAFailure_howeverLongTheseAre() {
        Object definition = read("""
                {"StartAt": "A", "States": {
                  "A": {"Type": "Task", "Next": "B", "Catch": [{"ErrorEquals": ["E"], "Next": "Mend"}]},
                  "Mend": {"Type": "Pass", "Next": "Mend more"},
                  "Mend more": {"Type": "Pass", "Next": "C"},
                  "B": {"Type": "Choice", "Default": "C", "Choices": [{"Condition": "{% $x %}", "Next": "Undo"}]},
                  "Undo": {"Type": "Pass", "Next": "Tell"},
                  "Tell": {"Type": "Pass", "Next": "Failed"},
                  "Failed": {"Type": "Fail"},
                  "C": {"Type": "Pass", "End": true}}}
                """);
        Map<?, ?> measures = (Map<?, ?>) page.evaluate(MEASURES, definition);
        List<?> columns = (List<?>) measures.get("columns");
        assertEquals(List.of("A", "B", "C"), columns.getFirst());
        assertEquals(2, columns.size());
        assertEquals(List.of(), page.evaluate(COLLISIONS, definition));
    }

    @Test
    void branches_standBesideEachOtherWhereThereIsRoom_andElseBelow() {
        assertEquals(List.of(true, false), page.evaluate(BRANCHES, List.of(2, 3)));
    }

    @Test
    void waysOfOneStateToAnother_areOne_andAChoiceSaysOnceWhatItsConditionsAskAbout() {
        Object definition = read("""
                {"StartAt": "A", "States": {
                  "A": {"Type": "Task", "Next": "B", "Catch": [
                    {"ErrorEquals": ["Late"], "Next": "C"}, {"ErrorEquals": ["Lost"], "Next": "C"}]},
                  "B": {"Type": "Choice", "Default": "C", "Choices": [
                    {"Condition": "{% $states.input.colour = 'red' %}", "Next": "A"},
                    {"Condition": "{% $states.input.colour = 'blue' %}", "Next": "C"}]},
                  "C": {"Type": "Succeed"}}}
                """);
        assertEquals(
                List.of("start: A", "next: B", "catch Late, Lost: C", "choice red: A", "choice blue, otherwise: C"),
                page.evaluate("""
                        async definition => {
                          const {graphOf} = await import('/console/definition.js');
                          return graphOf(definition).edges.map(({kind, label, to}) =>
                            `${kind}${label && ' '}${label}: ${to}`);
                        }
                        """, definition));
        assertEquals("colour =", page.evaluate("""
                async definition => (await import('/console/definition.js')).graphOf(definition).nodes[2].detail
                """, definition));
    }

    @Test
    void stateThatLeadsToItself_hasALoopBesideIt() {
        Object definition = read("""
                {"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B",
                  "Choices": [{"Condition": "{% $x %}", "Next": "A"}]}, "B": {"Type": "Succeed"}}}
                """);
        assertEquals(List.of(), page.evaluate(FAULTS, definition));
    }

    private Map<?, ?> saga(String name) throws IOException {
        Path file = Path.of(System.getProperty("ecom.root")).resolve("statemachines/" + name + ".asl.json");
        return read(Files.readString(file));
    }

    private Map<?, ?> read(String json) {
        return (Map<?, ?>) page.evaluate("text => JSON.parse(text)", json);
    }
}
