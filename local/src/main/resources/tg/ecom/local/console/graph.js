/** Draws the graph of a definition, and marks on it what an execution has done. */

import {s} from './elements.js';
import {allNodes, graphOf} from './definition.js';
import {layout} from './layout.js';

const NAME_FONT = '600 14px';
const LABEL_FONT = '11px';
/** How small a screen may make the graph before it scrolls. */
const SCALE_MIN = 0.72;
const ROOM_FOR_MARK = 50;
const STATE_HEIGHT = 46;
const STATE_WIDTH_MIN = 96;
const LABEL_HEIGHT = 18;
const DOT = 14;
const MARGIN = 8;

const pen = document.createElement('canvas').getContext('2d');

/** What stands beside the name of a state, so that colour is not all that tells. */
export const MARKS = {now: '▶', passed: '✓', caught: '↷', failed: '✕', stopped: '■'};

/** What a status is called. */
export const STATUS_WORDS = {
    now: 'in progress', passed: 'passed', caught: 'error caught', failed: 'failed', stopped: 'stopped',
};

/**
 * @param definition in Amazon's States Language
 * @param onChoose is called with the name of the state that somebody picks, by mouse or keyboard
 * @returns {{element: SVGElement, show, reveal}} show takes {statuses, taken, chosen}: a status and a count of visits
 *     by state's name, the ways taken, the name of the state that is looked at; reveal scrolls what the graph is within
 *     to a state
 */
export function drawGraph(definition, onChoose) {
    const graph = graphOf(definition);
    const place = layout(graph, nodeSize, labelSize);
    const width = Math.ceil(place.width + 2 * MARGIN);
    const height = Math.ceil(place.height + 2 * MARGIN);
    const boxes = new Map();
    const ways = [];
    const element = s('svg', {
        class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height,
        role: 'group', 'aria-label': 'The state machine',
    }, arrows(), drawn(place, MARGIN, MARGIN, {boxes, ways, onChoose}));
    element.style.minWidth = `${Math.floor(width * SCALE_MIN)}px`;
    const types = new Map(allNodes(graph).map(node => [node.name, node.type]));
    return {
        element,
        show: state => showOn(boxes, ways, types, state),
        reveal: (within, name) => reveal(within, boxes.get(name)?.box),
    };
}

function nodeSize(node) {
    if (node.type === 'start' || node.type === 'end') {
        return {width: DOT, height: DOT};
    }
    const width = textWidth(node.name, NAME_FONT, '--sans') + ROOM_FOR_MARK;
    return {width: Math.max(STATE_WIDTH_MIN, width), height: STATE_HEIGHT};
}

function labelSize(label) {
    return {width: textWidth(label, LABEL_FONT, '--mono') + 12, height: LABEL_HEIGHT};
}

/** In the font of that size whose family the style sheet names. */
function textWidth(text, size, family) {
    pen.font = `${size} ${getComputedStyle(document.documentElement).getPropertyValue(family)}`;
    return pen.measureText(text).width;
}

function arrows() {
    const arrow = name => s('marker', {
        id: name, class: name, viewBox: '0 0 8 8', refX: 7.2, refY: 4,
        markerWidth: 9, markerHeight: 9, markerUnits: 'userSpaceOnUse', orient: 'auto',
    }, s('path', {d: 'M0 0.6 L7.6 4 L0 7.4 Z'}));
    return s('defs', {}, ['arrow', 'arrow-taken'].map(arrow));
}

function drawn(place, x, y, parts) {
    return s('g', {transform: `translate(${x} ${y})`},
        place.edges.map(edge => edgeOf(edge, parts)),
        place.edges.filter(edge => edge.place).map(labelOf),
        place.nodes.map(node => nodeOf(node, parts)));
}

function edgeOf(edge, parts) {
    const path = s('path', {class: `way ${edge.kind}`, d: wayThrough(edge.points), 'marker-end': 'url(#arrow)'});
    parts.ways.push({path, edge});
    return path;
}

/** Leaves and arrives upright, and goes past a layer straight. */
function wayThrough([first, ...rest]) {
    let before = first;
    return `M${first.x} ${first.y}` + rest.map(point => {
        const middle = (before.y + point.y) / 2;
        const part = point.x === before.x || point.y === before.y
            ? `L${point.x} ${point.y}`
            : `C${before.x} ${middle} ${point.x} ${middle} ${point.x} ${point.y}`;
        before = point;
        return part;
    }).join('');
}

function labelOf(edge) {
    const {width, height} = labelSize(edge.label);
    return s('g', {class: `label ${edge.kind}`, transform: `translate(${edge.place.x} ${edge.place.y})`},
        s('title', {}, edge.full),
        s('rect', {x: -width / 2, y: -height / 2, width, height, rx: 4}),
        s('text', {'text-anchor': 'middle', dy: '0.34em'}, edge.label));
}

function nodeOf(node, parts) {
    if (node.type === 'start' || node.type === 'end') {
        return s('circle', {class: `dot ${node.type}`, cx: node.x + DOT / 2, cy: node.y + DOT / 2, r: DOT / 2 - 1});
    }
    // A group has its inner states within it.
    const choose = event => (event.stopPropagation(), event.preventDefault(), parts.onChoose(node.name));
    const mark = s('text', {class: 'mark', x: node.width - 16, y: 20, 'text-anchor': 'middle'});
    const type = s('text', {class: 'type', x: 14, y: 35});
    const box = s('g', {
        class: `state ${node.inner.length > 0 ? 'holds' : ''}`, tabindex: 0, role: 'button',
        transform: `translate(${node.x} ${node.y})`, click: choose,
        keydown: event => ['Enter', ' '].includes(event.key) && choose(event),
    },
    s('title', {}, node.comment),
    s('rect', {width: node.width, height: node.height, rx: node.type === 'Choice' ? 18 : 7}),
    s('text', {class: 'name', x: 14, y: 20}, node.name),
    type,
    mark,
    node.inner.map(inner => drawn(inner, inner.x, inner.y, parts)));
    parts.boxes.set(node.name, {box, mark, type});
    return box;
}

function showOn(boxes, ways, types, {statuses, taken, chosen}) {
    for (const [name, {box, mark, type}] of boxes) {
        const {status, count} = statuses.get(name) ?? {status: '', count: 0};
        box.dataset.status = status;
        box.dataset.name = name;
        box.setAttribute('aria-pressed', String(name === chosen));
        box.setAttribute('aria-label', `${name}, ${types.get(name)}, ${STATUS_WORDS[status] ?? 'not reached'}`);
        mark.textContent = MARKS[status] ?? '';
        type.textContent = types.get(name) + (count > 1 ? ` · ${count}×` : '');
    }
    for (const {path, edge} of ways) {
        const isTaken = wasTaken(edge, statuses, taken);
        path.classList.toggle('taken', isTaken);
        path.setAttribute('marker-end', isTaken ? 'url(#arrow-taken)' : 'url(#arrow)');
    }
}

/** Between states as the history tells; also from a beginning to what was reached, and to an end from what passed. */
function wasTaken(edge, statuses, taken) {
    return taken.has(`${edge.from}\n${edge.to}`)
        || (edge.kind === 'start' && statuses.has(edge.to))
        || (edge.kind === 'end' && ['passed', 'failed'].includes(statuses.get(edge.from)?.status));
}

function reveal(within, box) {
    if (box) {
        const [outer, inner] = [within.getBoundingClientRect(), box.getBoundingClientRect()];
        within.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
        within.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    }
}
