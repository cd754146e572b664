/**
 * Places a graph as one column to read from top to bottom: each node has a row, those of the way that goes well stand
 * in one line, and the others are indented beside that line. Edges go straight down, or by lanes left and right of the
 * rows, and never through a node. A label has a place of its own in the gap between two rows, which no other label and
 * no lane has.
 *
 * Nothing here knows of a page: sizes come in, coordinates go out.
 */

import {inLanes, tracks} from './lanes.js';
import {inRows} from './rows.js';

/** How far to the right of the main line, that of the way that goes well, the others begin and their own line is. */
const INDENT = 14;
const SIDE_AXIS = 38;
const LANE_GAP = 11;
const TRACK_HEIGHT = 9;
const GAP_TOP = 7;
const GAP_BOTTOM = 13;
const LABEL_GAP = 3;
const PORT_GAP_MAX = 12;
const PORT_MARGIN = 10;
/** With room for ways on both sides of both lines. */
const WIDTH_MIN = 2 * (SIDE_AXIS + 2 * PORT_MARGIN);
const LOOP_WIDTH = 16;
const LOOP_HEIGHT = 16;
const LOOP_GAP = 6;
const GROUP_PADDING = 12;
const GROUP_TITLE_HEIGHT = 44;
/** Graphs within a node that would be wider together stand below each other. */
const INNER_WIDTH_MAX = 300;
const SIDES = ['left', 'right'];
const OUTWARD = {left: -1, right: 1};

/**
 * @param graph as definition.js makes it
 * @param size what {width, height} a node without graphs within needs, or at least a group
 * @param labelSize the same of a label's text
 * @returns {{width, height, nodes, edges}} nodes with x and y (their upper left corner), width, height and, as inner,
 *     the placed graphs within; edges with points from their beginning to their arrow and, where there is a label, its
 *     place, which edges that share a label have together
 */
export function layout(graph, size, labelSize) {
    const rows = inRows(graph);
    const routes = inLanes(graph, rows);
    const boxes = boxesOf(graph, rows, size, labelSize);
    const gaps = boxes.map((box, row) => gapOf(row, boxes, routes, labelSize));
    placeDown(boxes, gaps);
    placeLanes(routes.lanes, boxes, gaps);
    return placed(graph, boxes, gaps, routes);
}

/** The nodes in their rows, with their sides; axis is the line that ways go straight down in, the main one's at 0. */
function boxesOf(graph, rows, size, labelSize) {
    const byName = new Map(graph.nodes.map(node => [node.name, node]));
    const main = new Set(rows.main);
    const boxes = rows.names.map(name => ({...sized(byName.get(name), size, labelSize), isMain: main.has(name)}));
    const isPlain = box => box.type !== 'start' && box.inner.length === 0;
    const [mainWidth, sideWidth] = [true, false].map(isMain => Math.max(WIDTH_MIN,
        ...boxes.filter(box => isPlain(box) && box.isMain === isMain).map(box => box.width)));
    const loops = Map.groupBy(graph.edges.filter(edge => edge.from === edge.to), edge => edge.from);
    return boxes.map((box, row) => {
        const width = !isPlain(box) ? box.width : box.isMain ? mainWidth : sideWidth;
        const left = box.isMain ? -width / 2 : INDENT;
        const inLoops = loops.get(box.name) ?? [];
        const loop = inLoops.length === 0 ? 0 : LOOP_WIDTH + (inLoops.length - 1) * LOOP_GAP;
        const axis = box.isMain ? 0 : SIDE_AXIS;
        return {...box, row, width, left, right: left + width, loops: inLoops, loop, axis};
    });
}

function sized(node, size, labelSize) {
    const own = size(node);
    if (node.graphs.length === 0) {
        return {...node, ...own, inner: []};
    }
    const inner = node.graphs.map(each => ({title: each.title, ...layout(each, size, labelSize)}));
    const beside = inner.reduce((sum, each) => sum + each.width + GROUP_PADDING, GROUP_PADDING);
    const isBeside = beside <= INNER_WIDTH_MAX;
    const widest = Math.max(...inner.map(each => each.width)) + 2 * GROUP_PADDING;
    const width = Math.max(WIDTH_MIN, own.width, isBeside ? beside : widest);
    let [x, y] = [(width - beside) / 2 + GROUP_PADDING, GROUP_TITLE_HEIGHT];
    for (const each of inner) {
        each.x = isBeside ? x : (width - each.width) / 2;
        each.y = y;
        x += each.width + GROUP_PADDING;
        y += isBeside ? 0 : each.height + GROUP_PADDING;
    }
    return {...node, width, height: Math.max(...inner.map(each => each.y + each.height)) + GROUP_PADDING, inner};
}

/**
 * What is in the gap below a row: first the tracks that lead out of the node above to lanes, then labels of what goes
 * straight down, then the tracks that lead into the node below. Places are from the gap's top.
 */
function gapOf(row, boxes, {straight, lanes}, labelSize) {
    const [above, below] = [boxes[row], boxes[row + 1]];
    const from = [...straight].filter(([edge]) => edge.from === above.name);
    const labels = from.filter(([edge]) => edge.label).map(([edge, line]) => ({edge, line, ...labelSize(edge.label)}));
    const outs = SIDES.map(side => tracks(lanes, row, true, side));
    const ins = SIDES.map(side => tracks(lanes, row, false, side));
    const lines = linesOf(from);
    const outHeight = Math.max(...outs.map(each => each.length)) * TRACK_HEIGHT;
    const labelHeight = labels.length > 0 ? labels[0].height + LABEL_GAP : 0;
    const inHeight = Math.max(...ins.map(each => each.reduce((sum, stop) => sum + trackHeight(stop, labelSize), 0)));
    const height = GAP_TOP + outHeight + labelHeight + inHeight + GAP_BOTTOM;
    const gap = {height, left: 0, right: 0, places: new Map()};
    outs.forEach((stops, side) => placeOuts(stops, SIDES[side], above, lines));
    if (below) {
        const into = linesOf([...straight].filter(([edge]) => edge.to === below.name));
        ins.forEach((stops, side) => placeIns(stops, SIDES[side], below, into, gap, labelSize));
    }
    for (const {edge, line, width, height} of labels) {
        // Of two lines each has its label on its own side.
        const outward = line === 'main' && lines.length === 2 ? -1 : 1;
        const x = (line === 'main' ? 0 : SIDE_AXIS) + outward * (2 * LABEL_GAP + width / 2);
        label(gap, edge, x, GAP_TOP + outHeight + height / 2, width);
    }
    return gap;
}

function linesOf(straight) {
    return straight.map(([, line]) => (line === 'main' ? 0 : SIDE_AXIS));
}

function trackHeight(stop, labelSize) {
    return stop.label ? labelSize(stop.label).height + 2 * LABEL_GAP : TRACK_HEIGHT;
}

/** Out of a node the uppermost track begins outermost, so that none goes through another. */
function placeOuts(stops, side, box, lines) {
    const outward = OUTWARD[side];
    const outer = outward * (side === 'left' ? box.left : box.right);
    const inner = Math.max(...[box.axis, ...lines].map(line => outward * line));
    const step = Math.min(PORT_GAP_MAX, (outer - inner - PORT_MARGIN) / stops.length);
    stops.forEach((stop, index) => {
        stop.x = outward * (outer - Math.min(PORT_MARGIN, step) - index * step);
        stop.down = GAP_TOP + index * TRACK_HEIGHT;
    });
}

/** Into a node the uppermost track ends innermost. A label lies on its track. */
function placeIns(stops, side, box, lines, gap, labelSize) {
    const outward = OUTWARD[side];
    const outer = outward * (side === 'left' ? box.left : box.right);
    const inner = Math.max(...[box.axis, ...lines].map(line => outward * line));
    const step = Math.min(PORT_GAP_MAX, (outer - inner - PORT_MARGIN) / stops.length);
    let up = GAP_BOTTOM;
    stops.toReversed().forEach((stop, index) => {
        stop.x = outward * (inner + Math.min(PORT_MARGIN, step) + (stops.length - 1 - index) * step);
        stop.down = gap.height - up;
        if (stop.label) {
            const {width, height} = labelSize(stop.label);
            label(gap, stop, stop.x + outward * width / 2, stop.down - LABEL_GAP - height / 2, width);
        }
        up += trackHeight(stop, labelSize);
    });
}

function label(gap, key, x, down, width) {
    gap.places.set(key, {x, down});
    gap.left = Math.min(gap.left, x - width / 2);
    gap.right = Math.max(gap.right, x + width / 2);
}

function placeDown(boxes, gaps) {
    let top = 0;
    boxes.forEach((box, row) => {
        box.top = top;
        gaps[row].top = top + box.height;
        top = gaps[row].top + gaps[row].height;
    });
}

/** Each lane as near to the rows as what it goes past lets it, the nearer lanes among that. */
function placeLanes(lanes, boxes, gaps) {
    const edges = Object.fromEntries(SIDES.map(side => [side, {
        rows: boxes.map(box => Math.max(0, side === 'left' ? -box.left : box.right + box.loop)),
        gaps: gaps.map(gap => OUTWARD[side] * gap[side]),
    }]));
    for (const lane of lanes) {
        const {rows, gaps: between} = edges[lane.side];
        const past = Math.max(...rows.slice(lane.first, lane.last + 2), ...between.slice(lane.first, lane.last + 1));
        lane.x = OUTWARD[lane.side] * (past + LANE_GAP);
        rows.fill(past + LANE_GAP, lane.first + 1, lane.last + 1);
        between.fill(past + LANE_GAP, lane.first, lane.last + 1);
    }
}

function placed(graph, boxes, gaps, {straight, stops, lanes}) {
    const left = Math.min(...[...boxes, ...gaps].map(each => each.left), ...lanes.map(lane => lane.x));
    const right = Math.max(...boxes.map(box => box.right + box.loop), ...gaps.map(gap => gap.right),
        ...lanes.map(lane => lane.x));
    const byName = new Map(boxes.map(box => [box.name, box]));
    const places = new Map(gaps.flatMap(gap =>
        [...gap.places].map(([key, {x, down}]) => [key, {x: x - left, y: gap.top + down}])));
    const edges = graph.edges.map(edge => {
        const [from, to] = [byName.get(edge.from), byName.get(edge.to)];
        const stop = stops.get(edge);
        const points = edge.from === edge.to ? loopBeside(from, from.loops.indexOf(edge) * LOOP_GAP)
            : stop ? throughLane(stop, from, to, gaps)
            : straightDown(straight.get(edge) === 'main' ? 0 : SIDE_AXIS, from, to);
        return {...edge, isBack: to.row < from.row, points: points.map(({x, y}) => ({x: x - left, y})),
            place: places.get(stop?.into ?? edge)};
    });
    const nodes = boxes.map(box => ({...box, x: box.left - left, y: box.top, line: box.axis - left}));
    const last = gaps.at(-1);
    const hasWaysBelow = lanes.some(lane => lane.last === gaps.length - 1);
    return {width: right - left, height: hasWaysBelow ? last.top + last.height - GAP_BOTTOM : last.top, nodes, edges};
}

function straightDown(x, from, to) {
    return [{x, y: from.top + from.height}, {x, y: to.top}];
}

function throughLane({out, into}, from, to, gaps) {
    const x = out.lane.x;
    const [begin, end] = [gaps[out.gap].top + out.down, gaps[into.gap].top + into.down];
    return [
        {x: out.x, y: from.top + from.height}, {x: out.x, y: begin}, {x, y: begin},
        {x, y: end}, {x: into.x, y: end}, {x: into.x, y: to.top},
    ];
}

function loopBeside(box, wider) {
    const [near, far] = [box.right, box.right + LOOP_WIDTH + wider];
    const middle = box.top + box.height / 2;
    const [begin, end] = [middle - LOOP_HEIGHT / 2 - wider, middle + LOOP_HEIGHT / 2 + wider];
    return [{x: near, y: begin}, {x: far, y: begin}, {x: far, y: end}, {x: near, y: end}];
}
