/**
 * How a graph's edges go between its rows. From a row to the next, and along the way that goes well, they go straight
 * down. The others go in lanes beside the rows: on the left what goes well, on the right errors, ways back and what the
 * left can't reach. Edges that say the same of the same target share a lane, and so do those of one choice.
 *
 * Gap N is the room below row N.
 *
 * @typedef {{side: string, isBack: boolean, first: number, last: number, stops: Map<string, Stop>}} Lane from its first
 *     gap to its last
 * @typedef {{lane: Lane, gap: number, isOut: boolean, label: string}} Stop where a lane meets a node: out of it in
 *     the gap below, or into it in the gap above
 */

/**
 * @param rows as rows.js makes them
 * @returns {{straight: Map<Edge, string>, stops: Map<Edge, {out: Stop, into: Stop}>, lanes: Lane[]}} of edges that go
 *     straight, whether in the line of the "main" nodes or of the others, "side"; of those in lanes, where they stop;
 *     and the lanes, from the one nearest to the rows outward
 */
export function inLanes(graph, rows) {
    const rowOf = new Map(rows.names.map((name, row) => [name, row]));
    const straight = straightEdges(graph, rows, rowOf);
    const lanes = new Map();
    const stops = new Map();
    for (const edge of graph.edges.filter(each => each.from !== each.to && !straight.has(each))) {
        const {key, ...lane} = laneOf(edge, rows, rowOf);
        if (!lanes.has(key)) {
            lanes.set(key, {...lane, first: Infinity, last: -Infinity, stops: new Map()});
        }
        stops.set(edge, {
            out: stop(lanes.get(key), rowOf.get(edge.from), true, ''),
            into: stop(lanes.get(key), rowOf.get(edge.to) - 1, false, edge.label),
        });
    }
    const outward = [...lanes.values()].toSorted((one, other) => one.last - one.first - (other.last - other.first));
    return {straight, stops, lanes: outward};
}

/** The stops of a gap on one side from top to bottom, in which the fewest of them cross. */
export function tracks(lanes, gap, isOut, side) {
    const all = lanes.filter(lane => lane.side === side).flatMap((lane, index, {length}) =>
        [...lane.stops.values()].filter(each => each.gap === gap && each.isOut === isOut)
            .map(each => ({each, turn: lane.isBack === isOut ? index : length * 2 - index})));
    return all.toSorted((one, other) => one.turn - other.turn).map(({each}) => each);
}

/** Of those that would lie upon each other, only the first goes straight. */
function straightEdges(graph, rows, rowOf) {
    const next = new Map(rows.main.map((name, index) => [name, rows.main[index + 1]]));
    const straight = new Map();
    const taken = new Set();
    for (const edge of graph.edges) {
        const isMain = next.get(edge.from) === edge.to;
        const place = isMain ? `main ${edge.to}` : `side ${rowOf.get(edge.to)}`;
        if ((isMain || rowOf.get(edge.to) === rowOf.get(edge.from) + 1) && !taken.has(place)) {
            taken.add(place);
            straight.set(edge, isMain ? 'main' : 'side');
        }
    }
    return straight;
}

function laneOf(edge, rows, rowOf) {
    const isBack = rowOf.get(edge.to) < rowOf.get(edge.from);
    const end = rowOf.get(rows.main.at(-1));
    const isOpen = name => rows.main.includes(name) || rowOf.get(name) > end;
    const isLeft = !isBack && edge.kind !== 'catch' && isOpen(edge.from) && isOpen(edge.to);
    const side = isLeft ? 'left' : 'right';
    const isChoice = edge.kind === 'choice' || edge.kind === 'default';
    const shared = isChoice ? ['from', edge.from] : ['to', edge.to, edge.kind, edge.label];
    return {key: JSON.stringify([side, isBack, ...shared]), side, isBack};
}

/** The lane's stop there, which those that share it have together. */
function stop(lane, gap, isOut, label) {
    const key = `${gap} ${isOut}`;
    if (!lane.stops.has(key)) {
        lane.first = Math.min(lane.first, gap);
        lane.last = Math.max(lane.last, gap);
        lane.stops.set(key, {lane, gap, isOut, label});
    }
    return lane.stops.get(key);
}
