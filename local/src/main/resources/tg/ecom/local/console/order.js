/** The order of items within their layers, in which as few ways cross as can be found quickly. */

const SWEEPS = 12;
const BEGINNINGS = 6;

/** The hops that lead to an item from above, and from it to below. */
export function neighbours(hops) {
    return {above: Map.groupBy(hops, hop => hop.below), below: Map.groupBy(hops, hop => hop.above)};
}

/**
 * Sorts each layer by the mean place of its neighbours, down and up in turn, and keeps the order in which the fewest
 * hops cross. Where that leads depends on where it begins, so it begins more than once, first as the definition says.
 */
export function order(layers, hops) {
    const {above, below} = neighbours(hops);
    let best = {crossings: Infinity};
    for (let beginning = 0; beginning < BEGINNINGS; beginning++) {
        const start = layers.map(layer => rotated(layer, beginning));
        start.forEach(number);
        for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
            const isDown = sweep % 2 === 0;
            (isDown ? start : start.toReversed()).forEach(layer => isDown
                ? sortBy(layer, item => (above.get(item) ?? []).map(hop => hop.above.place))
                : sortBy(layer, item => (below.get(item) ?? []).map(hop => hop.below.place)));
            const crossings = crossingsOf(hops);
            if (crossings < best.crossings) {
                best = {crossings, layers: start.map(layer => [...layer])};
            }
        }
    }
    layers.forEach((layer, index) => layer.splice(0, layer.length, ...best.layers[index]));
}

function rotated(layer, by) {
    const middle = by % layer.length;
    return [...layer.slice(middle), ...layer.slice(0, middle)];
}

function number(layer) {
    layer.forEach((item, index) => (item.place = index));
}

function sortBy(layer, placesOf) {
    const means = new Map(layer.map(item => [item, mean(placesOf(item), item.place)]));
    layer.sort((one, other) => means.get(one) - means.get(other) || one.place - other.place);
    number(layer);
}

function crossingsOf(hops) {
    let crossings = 0;
    for (const between of Map.groupBy(hops, hop => hop.above.layer).values()) {
        between.forEach((one, index) => {
            for (const other of between.slice(index + 1)) {
                const sides = (one.above.place - other.above.place) * (one.below.place - other.below.place);
                crossings += sides < 0 ? 1 : 0;
            }
        });
    }
    return crossings;
}

function mean(values, otherwise) {
    return values.length === 0 ? otherwise : values.reduce((sum, value) => sum + value, 0) / values.length;
}
