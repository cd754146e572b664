/**
 * The order of a graph's nodes from top to bottom, one to a row. First the way that goes well has its rows: the longest
 * that no error leads along, to an end that is no failure. Every other node then stands between those that lead to it
 * and those that it leads to, as near to them as it can, and rather not within that way.
 */

/** How many rows longer the ways of a node may be for it not to stand between two that one way joins. */
const INTERRUPTION = 3;

/** @returns {{names: string[], main: string[]}} every node from top to bottom, and those of the way that goes well */
export function inRows(graph) {
    const down = withoutWaysBack(graph);
    const names = inTurn(graph, down);
    const main = mainWay(graph, down, names);
    const below = allBelow(down, names);
    const rows = [...main];
    const isMain = new Set(main);
    names.filter(name => !isMain.has(name)).forEach(name => insert(name, rows, main.at(-1), below, graph.edges));
    return {names: rows, main};
}

/** The edges but those that lead back to where the walk from the start, errors last, comes from. */
function withoutWaysBack(graph) {
    const out = Map.groupBy(graph.edges, edge => edge.from);
    const state = new Map();
    const back = new Set();
    const walk = name => {
        state.set(name, 'under way');
        const ways = out.get(name) ?? [];
        for (const edge of [...ways.filter(isGood), ...ways.filter(way => !isGood(way))]) {
            if (state.get(edge.to) === 'under way') {
                back.add(edge);
            } else if (!state.has(edge.to)) {
                walk(edge.to);
            }
        }
        state.set(name, 'done');
    };
    graph.nodes.forEach(node => state.has(node.name) || walk(node.name));
    return graph.edges.filter(edge => !back.has(edge));
}

function isGood(edge) {
    return edge.kind !== 'catch';
}

/** Each after all that lead down to it, and otherwise as the definition has them. */
function inTurn(graph, down) {
    const into = Map.groupBy(down, edge => edge.to);
    const names = new Set();
    const add = name => {
        if (!names.has(name)) {
            (into.get(name) ?? []).forEach(edge => add(edge.from));
            names.add(name);
        }
    };
    graph.nodes.forEach(node => add(node.name));
    return [...names];
}

function mainWay(graph, down, names) {
    const out = Map.groupBy(down.filter(isGood), edge => edge.from);
    const byName = new Map(graph.nodes.map(node => [node.name, node]));
    const best = new Map();
    for (const name of names.toReversed()) {
        const {isLast, type} = byName.get(name);
        let way = {worth: isLast && type !== 'Fail' ? names.length : 0};
        for (const {to} of out.get(name) ?? []) {
            way = best.get(to).worth > way.worth ? {worth: best.get(to).worth, next: to} : way;
        }
        best.set(name, {worth: way.worth + 1, next: way.next});
    }
    const main = [];
    for (let name = graph.nodes[0].name; name !== undefined; name = best.get(name).next) {
        main.push(name);
    }
    return main;
}

/** All that can be reached from each without a way back. */
function allBelow(down, names) {
    const out = Map.groupBy(down, edge => edge.from);
    const below = new Map();
    for (const name of names.toReversed()) {
        const next = (out.get(name) ?? []).map(edge => edge.to);
        below.set(name, new Set(next.flatMap(to => [to, ...below.get(to)])));
    }
    return below;
}

function insert(name, rows, lastOfMain, below, edges) {
    const first = Math.max(1, rows.findLastIndex(other => below.get(other).has(name)) + 1);
    const reached = rows.findIndex(other => below.get(name).has(other));
    const last = Math.max(first, reached < 0 ? rows.length : reached);
    const end = rows.indexOf(lastOfMain);
    let best = {cost: Infinity};
    for (let row = first; row <= last; row++) {
        const isBetween = row <= end || edges.some(edge => edge.from === rows[row - 1] && edge.to === rows[row]);
        const cost = lengths(name, row, rows, below, edges) + (isBetween ? INTERRUPTION : 0);
        best = cost <= best.cost ? {cost, row} : best;
    }
    rows.splice(best.row, 0, name);
}

/** How far it is, in that row, to the farthest that leads to it and to the farthest that it leads to. */
function lengths(name, row, rows, below, edges) {
    const distance = index => (index < 0 ? 0 : index < row ? row - index : index + 1 - row);
    // What has no row yet will stand above what it leads to.
    const rowOf = other => rows.findIndex(each => each === other || below.get(other).has(each));
    const from = edges.filter(edge => edge.to === name).map(edge => distance(rows.indexOf(edge.from)));
    const to = edges.filter(edge => edge.from === name).map(edge => distance(rowOf(edge.to)));
    return Math.max(0, ...from) + Math.max(0, ...to);
}
