/** Draws the graph of a definition, and marks on it what an execution has done. */

import {s} from './elements.js';
import {graphOf} from './definition.js';
import {layout} from './layout.js';

const NAME_FONT = '600 14px';
const TYPE_FONT = '11px';
const LABEL_FONT = '11px';
/** How small a screen may make the graph before it scrolls. */
const SCALE_MIN = 0.72;
const NAME_LEFT = 13;
const ROOM_FOR_MARK = 40;
const ROOM_FOR_COUNT = 34;
const STATE_HEIGHT = 44;
const STATE_WIDTH_MIN = 100;
const LABEL_HEIGHT = 13;
const DOT = 14;
const END_RADIUS = 4.5;
const CORNER = 8;
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
 * @returns {{element: SVGElement, show, reveal, waysOut}} show takes {statuses, taken, chosen}: a status and a count of
 *     visits by state's name, the ways taken, the name of the state that is looked at; reveal scrolls what the graph is
 *     within to a state; waysOut has the edges that lead out of one
 */
export function drawGraph(definition, onChoose) {
    const graph = graphOf(definition);
    const place = layout(graph, nodeSize, labelSize);
    const width = Math.ceil(place.width + 2 * MARGIN);
    const height = Math.ceil(place.height + 2 * MARGIN);
    let [chosen, pointed] = [null, null];
    const onPoint = name => (pointed = name, setApart(element, parts, pointed ?? chosen));
    const parts = {boxes: new Map(), ways: [], labels: [], onChoose, onPoint};
    const element = s('svg', {
        class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height,
        role: 'group', 'aria-label': 'The state machine',
    }, arrows(), drawn(place, MARGIN, MARGIN, parts));
    element.style.minWidth = `${Math.floor(width * SCALE_MIN)}px`;
    return {
        element,
        show: state => {
            showOn(parts, state);
            chosen = state.chosen;
            setApart(element, parts, pointed ?? chosen);
        },
        reveal: (within, name) => reveal(within, parts.boxes.get(name)?.box),
        waysOut: name => parts.ways.map(({edge}) => edge).filter(edge => edge.from === name),
    };
}

function nodeSize(node) {
    if (node.type === 'start') {
        return {width: DOT, height: DOT};
    }
    const width = Math.max(textWidth(node.name, NAME_FONT, '--sans') + ROOM_FOR_MARK,
        textWidth(typeText(node), TYPE_FONT, '--sans') + NAME_LEFT + ROOM_FOR_COUNT);
    return {width: Math.max(STATE_WIDTH_MIN, width), height: STATE_HEIGHT};
}

function typeText({type, detail}) {
    return detail ? `${type} · ${detail}` : type;
}

function labelSize(label) {
    return {width: textWidth(label, LABEL_FONT, '--mono'), height: LABEL_HEIGHT};
}

/** In the font of that size whose family the style sheet names. */
function textWidth(text, size, family) {
    pen.font = `${size} ${getComputedStyle(document.documentElement).getPropertyValue(family)}`;
    return pen.measureText(text).width;
}

function arrows() {
    return s('defs', {}, ['arrow', 'arrow-catch', 'arrow-strong', 'arrow-far'].map(name => s('marker', {
        id: name, class: name, viewBox: '0 0 8 8', refX: 7.2, refY: 4,
        markerWidth: 9, markerHeight: 9, markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse',
    }, s('path', {d: 'M0 0.6 L7.6 4 L0 7.4 Z'}))));
}

function drawn(place, x, y, parts) {
    const labelled = Map.groupBy(place.edges.filter(edge => edge.place), edge => edge.place);
    return s('g', {transform: `translate(${x} ${y})`},
        s('g', {}, place.edges.map(edge => wayOf(edge, parts))),
        [...labelled.values()].map(edges => labelOf(edges, parts)),
        place.nodes.map(node => nodeOf(node, parts)));
}

/** Drawn from its arrow back, so that the dashes of those that share a lane to it lie upon each other. */
function wayOf(edge, parts) {
    const path = s('path', {class: `way ${edge.kind}`, d: wayThrough(edge.points.toReversed())});
    parts.ways.push({path, edge});
    return path;
}

function wayThrough(points) {
    const last = points.length - 1;
    return points.map((point, index) => {
        if (index === 0 || index === last) {
            return `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`;
        }
        const [before, after] = [points[index - 1], points[index + 1]];
        const radius = Math.min(CORNER, distance(point, before) / 2, distance(point, after) / 2);
        const [from, to] = [toward(before, point, radius), toward(after, point, radius)];
        return `L${from.x} ${from.y}Q${point.x} ${point.y} ${to.x} ${to.y}`;
    }).join('');
}

function distance(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y);
}

/** So far from a point toward another. */
function toward(other, point, far) {
    const part = far / (distance(point, other) || 1);
    return {x: point.x + (other.x - point.x) * part, y: point.y + (other.y - point.y) * part};
}

function labelOf(edges, parts) {
    const [{kind, label, full, place}] = edges;
    const text = s('g', {class: `label ${kind}`, transform: `translate(${place.x} ${place.y})`},
        s('title', {}, full), s('text', {'text-anchor': 'middle', dy: '0.34em'}, label));
    parts.labels.push({text, edges});
    return text;
}

function nodeOf(node, parts) {
    if (node.type === 'start') {
        return s('circle', {class: 'dot', cx: node.x + DOT / 2, cy: node.y + DOT / 2, r: DOT / 2 - 1});
    }
    // A group has its inner states within it.
    const choose = event => (event.stopPropagation(), event.preventDefault(), parts.onChoose(node.name));
    const mark = s('text', {class: 'mark', x: node.width - 16, y: 19, 'text-anchor': 'middle'});
    const type = s('text', {class: 'type', x: NAME_LEFT, y: 34});
    const box = s('g', {
        class: `state ${node.inner.length > 0 ? 'holds' : ''}`, tabindex: 0, role: 'button',
        transform: `translate(${node.x} ${node.y})`, click: choose,
        keydown: event => ['Enter', ' '].includes(event.key) && choose(event),
        mouseover: event => (event.stopPropagation(), parts.onPoint(node.name)), mouseout: () => parts.onPoint(null),
    },
    s('title', {}, node.comment),
    s('rect', {width: node.width, height: node.height, rx: node.type === 'Choice' ? 16 : 7}),
    s('text', {class: 'name', x: NAME_LEFT, y: 19}, node.name),
    type,
    mark,
    node.inner.map(inner => drawn(inner, inner.x, inner.y, parts)),
    node.isLast && s('circle', {class: 'end', cx: node.line - node.x, cy: node.height, r: END_RADIUS}));
    parts.boxes.set(node.name, {box, mark, type, node});
    return box;
}

function showOn({boxes, ways}, {statuses, taken, chosen}) {
    for (const [name, {box, mark, type, node}] of boxes) {
        const {status, count} = statuses.get(name) ?? {status: '', count: 0};
        box.dataset.status = status;
        box.dataset.name = name;
        box.setAttribute('aria-pressed', String(name === chosen));
        box.setAttribute('aria-label', `${name}, ${node.type}, ${STATUS_WORDS[status] ?? 'not reached'}`);
        mark.textContent = MARKS[status] ?? '';
        type.textContent = typeText(node) + (count > 1 ? ` · ${count}×` : '');
    }
    ways.forEach(({path, edge}) => path.classList.toggle('taken', wasTaken(edge, statuses, taken)));
}

/** Shows the ways that lead to a state and from it, and lets the others stand back; of none, null, all stand alike. */
function setApart(element, {ways, labels}, name) {
    const isNear = edge => edge.from === name || edge.to === name;
    element.classList.toggle('apart', name !== null);
    labels.forEach(({text, edges}) => text.classList.toggle('near', edges.some(isNear)));
    ways.forEach(({path, edge}) => path.classList.toggle('near', isNear(edge)));
    // Those that share a lane lie upon each other, so what matters more is drawn later.
    const weight = ({path: {classList}}) => (classList.contains('near') ? 2 : classList.contains('taken') ? 1 : 0);
    for (const way of ways.toSorted((one, other) => weight(one) - weight(other))) {
        way.path.parentNode.append(way.path);
        way.path.setAttribute('marker-start', `url(#${arrowOf(way, weight(way), name !== null)})`);
    }
}

function arrowOf({edge}, weight, isApart) {
    if (isApart && weight < 2) {
        return 'arrow-far';
    }
    return edge.kind === 'catch' ? 'arrow-catch' : weight > 0 ? 'arrow-strong' : 'arrow';
}

/** Between states as the history tells; also from a beginning to what was reached. */
function wasTaken(edge, statuses, taken) {
    return taken.has(`${edge.from}\n${edge.to}`) || (edge.kind === 'start' && statuses.has(edge.to));
}

function reveal(within, box) {
    if (box) {
        const [outer, inner] = [within.getBoundingClientRect(), box.getBoundingClientRect()];
        within.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
        within.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    }
}
