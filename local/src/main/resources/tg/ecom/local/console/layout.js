/**
 * Places a graph in layers from top to bottom, after Sugiyama: ways back are turned around, each node gets the layer of
 * its longest way from the start, what crosses layers gets a bend in each, barycentres order the layers, and nodes then
 * move as near to their neighbours as their order lets them. A label is a node of its own on its edge, so that labels
 * lie upon nothing.
 *
 * Nothing here knows of a page: sizes come in, coordinates go out.
 */

import {neighbours, order} from './order.js';

const GAP_ACROSS = 28;
const GAP_DOWN = 26;
const BEND_WIDTH = 10;
const SWEEPS = 12;
const STRAIGHTNESS = 4;
const GROUP_PADDING = 14;
const GROUP_TITLE_HEIGHT = 40;
const PORT_GAP_MAX = 26;
const LOOP_WIDTH = 16;
const LOOP_HEIGHT = 16;

/**
 * @param graph as definition.js makes it
 * @param size what {width, height} a node without graphs within needs, or at least a group
 * @param labelSize the same of a label's text
 * @returns {{width, height, nodes, edges}} nodes with x and y (their upper left corner), width, height and, as inner,
 *     the placed graphs within; edges with points from their beginning to their arrow and, where there is a label, its
 *     place
 */
export function layout(graph, size, labelSize) {
    const boxes = graph.nodes.map(node => sized(node, size, labelSize));
    const back = waysBack(graph);
    const lines = graph.edges.map((edge, index) => line(edge, index, back.has(edge), labelSize));
    const items = [...boxes.map(boxItem), ...lines.flatMap(each => each.items)];
    const links = lines.flatMap(each => each.links);
    const byName = new Map(items.map(item => [item.name, item]));
    const layers = inLayers(items, links, byName);
    const hops = withBends(links, layers, byName);
    order(layers, hops);
    placeAcross(layers, hops);
    placeDown(layers);
    return placed(boxes, lines, hops, layers, byName);
}

/** The edges that lead back up: walking depth first from the start, those to where the walk comes from. */
function waysBack(graph) {
    const out = Map.groupBy(graph.edges, edge => edge.from);
    const state = new Map();
    const back = new Set();
    const walk = name => {
        state.set(name, 'under way');
        for (const edge of out.get(name) ?? []) {
            if (state.get(edge.to) === 'under way') {
                back.add(edge);
            } else if (!state.has(edge.to)) {
                walk(edge.to);
            }
        }
        state.set(name, 'done');
    };
    graph.nodes.forEach(node => state.has(node.name) || walk(node.name));
    return back;
}

function sized(node, size, labelSize) {
    if (node.graphs.length === 0) {
        return {...node, ...size(node), inner: []};
    }
    const own = size(node);
    const inner = node.graphs.map(each => ({title: each.title, ...layout(each, size, labelSize)}));
    const width = inner.reduce((sum, each) => sum + each.width + GROUP_PADDING, GROUP_PADDING);
    const height = Math.max(...inner.map(each => each.height)) + GROUP_TITLE_HEIGHT + GROUP_PADDING;
    return {...node, width: Math.max(own.width, width), height, inner};
}

function boxItem(box) {
    return {name: box.name, width: box.width, height: box.height, isBend: false};
}

/**
 * An edge as links between layers, each from its upper end to its lower one: one, or two with the label between. A way
 * from a state to itself crosses no layer.
 */
function line(edge, index, isBack, labelSize) {
    if (edge.from === edge.to) {
        return {edge, isBack, items: [], links: []};
    }
    const [above, below] = isBack ? [edge.to, edge.from] : [edge.from, edge.to];
    if (!edge.label) {
        return {edge, isBack, items: [], links: [{above, below, isBack}]};
    }
    const label = {name: `\u0002${index}`, ...labelSize(edge.label), isBend: true};
    const links = [{above, below: label.name, isBack}, {above: label.name, below, isBack}];
    return {edge, isBack, label, items: [label], links};
}

/** Each item in the layer of its longest way from the top. */
function inLayers(items, links, byName) {
    const into = Map.groupBy(links, link => link.below);
    const depth = name => {
        const item = byName.get(name);
        item.layer ??= Math.max(-1, ...(into.get(name) ?? []).map(link => depth(link.above))) + 1;
        return item.layer;
    };
    items.forEach(item => depth(item.name));
    const layers = [];
    items.forEach(item => (layers[item.layer] ??= []).push(item));
    return layers;
}

/** A link over more than one layer becomes a chain of hops with a bend in each layer between. */
function withBends(links, layers, byName) {
    const hops = [];
    links.forEach((link, index) => {
        let above = byName.get(link.above);
        const below = byName.get(link.below);
        for (let layer = above.layer + 1; layer < below.layer; layer++) {
            const bend = {name: `\u0003${index}/${layer}`, width: BEND_WIDTH, height: 0, layer, isBend: true};
            layers[layer].push(bend);
            hops.push({above, below: bend, link});
            above = bend;
        }
        hops.push({above, below, link});
    });
    return hops;
}

/** The mean middle of neighbours. Of a way past a layer, what goes on with it counts for more, so that it is straight. */
function meanMiddle(item, others) {
    const weights = others.map(other => (item.isBend && other.isBend ? STRAIGHTNESS : 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return total === 0
        ? item.middle
        : others.reduce((sum, other, index) => sum + other.middle * weights[index], 0) / total;
}

/** Items move to the middle of their neighbours, down and up in turn, and keep their order and distance. */
function placeAcross(layers, hops) {
    const {above, below} = neighbours(hops);
    layers.forEach(layer => settle(layer, layer.map(() => 0)));
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
        const isDown = sweep % 2 === 0;
        for (const layer of isDown ? layers : layers.toReversed()) {
            settle(layer, layer.map(item => meanMiddle(item, isDown
                ? (above.get(item) ?? []).map(hop => hop.above)
                : (below.get(item) ?? []).map(hop => hop.below))));
        }
    }
}

/**
 * Puts the middles of a layer's items as near to those wished for as can be without any two coming too close: pools
 * adjacent violators, as isotonic regression does.
 */
function settle(layer, wishes) {
    const offsets = [0];
    for (let index = 1; index < layer.length; index++) {
        offsets[index] = offsets[index - 1] + (layer[index - 1].width + layer[index].width) / 2 + GAP_ACROSS;
    }
    const pools = [];
    wishes.forEach((wish, index) => {
        const weight = layer[index].isBend ? STRAIGHTNESS : 1;
        let pool = {sum: weight * (wish - offsets[index]), weight, count: 1};
        while (pools.length > 0 && pools.at(-1).sum / pools.at(-1).weight > pool.sum / pool.weight) {
            const before = pools.pop();
            pool = {sum: before.sum + pool.sum, weight: before.weight + pool.weight, count: before.count + pool.count};
        }
        pools.push(pool);
    });
    const bases = pools.flatMap(pool => Array(pool.count).fill(pool.sum / pool.weight));
    layer.forEach((item, index) => (item.middle = bases[index] + offsets[index]));
}

function placeDown(layers) {
    let top = 0;
    for (const layer of layers) {
        const height = Math.max(...layer.map(item => item.height));
        layer.forEach(item => {
            item.layerTop = top;
            item.layerBottom = top + height;
            item.top = top + (height - item.height) / 2;
        });
        top += height + GAP_DOWN;
    }
}

function placed(boxes, lines, hops, layers, byName) {
    const all = layers.flat();
    const left = Math.min(...all.map(item => item.middle - item.width / 2));
    const right = Math.max(...all.map(item => item.middle + item.width / 2));
    const height = Math.max(...all.map(item => item.top + item.height));
    const ports = portsOf(hops);
    const nodes = boxes.map(box => {
        const item = byName.get(box.name);
        return withInner({...box, x: item.middle - item.width / 2 - left, y: item.top});
    });
    const edges = lines.map(each => ({
        ...each.edge,
        isBack: each.isBack,
        points: pointsOf(each, hops, ports, byName).map(({x, y}) => ({x: x - left, y})),
        place: each.label && {x: each.label.middle - left, y: each.label.top + each.label.height / 2},
    }));
    return {width: right - left + LOOP_WIDTH, height, nodes, edges};
}

/** The graphs within a box, side by side below its title. */
function withInner(box) {
    const total = box.inner.reduce((sum, each) => sum + each.width, GROUP_PADDING * (box.inner.length - 1));
    let x = (box.width - total) / 2;
    box.inner.forEach(each => {
        each.x = x;
        each.y = GROUP_TITLE_HEIGHT;
        x += each.width + GROUP_PADDING;
    });
    return box;
}

/** Where hops touch an item: beside each other in the order of where they lead, so that they don't cross there. */
function portsOf(hops) {
    const ports = new Map();
    const spread = (touching, side, other) => {
        for (const [item, group] of touching) {
            const inOrder = group.toSorted((one, another) => one[other].middle - another[other].middle
                || one.link.isBack - another.link.isBack);
            const gap = item.isBend ? 0 : Math.min(PORT_GAP_MAX, item.width / (inOrder.length + 1));
            inOrder.forEach((hop, index) => {
                const x = item.middle + (index - (inOrder.length - 1) / 2) * gap;
                ports.set(hop, {...ports.get(hop), [side]: x});
            });
        }
    };
    const {above, below} = neighbours(hops);
    spread(below, 'above', 'below');
    spread(above, 'below', 'above');
    return ports;
}

/** The way of an edge from where it begins to where its arrow is: two points for each gap between layers. */
function pointsOf(each, hops, ports, byName) {
    if (each.links.length === 0) {
        return loopBeside(byName.get(each.edge.from));
    }
    const points = each.links.flatMap(link => hops.filter(hop => hop.link === link).flatMap(hop => [
        {x: ports.get(hop).above, y: hop.above.isBend ? hop.above.layerBottom : hop.above.top + hop.above.height},
        {x: ports.get(hop).below, y: hop.below.isBend ? hop.below.layerTop : hop.below.top},
    ]));
    return each.isBack ? points.reverse() : points;
}

function loopBeside(item) {
    const right = item.middle + item.width / 2;
    const middle = item.top + item.height / 2;
    return [
        {x: right, y: middle - LOOP_HEIGHT / 2},
        {x: right + LOOP_WIDTH, y: middle - LOOP_HEIGHT / 2},
        {x: right + LOOP_WIDTH, y: middle + LOOP_HEIGHT / 2},
        {x: right, y: middle + LOOP_HEIGHT / 2},
    ];
}
