/**
 * A definition in Amazon's States Language as a graph. Names of states are unique in the whole of a definition, so they
 * are the names of nodes; the marks where a line begins and ends have names that no state can have.
 *
 * @typedef {{name: string, type: string, comment: string, graphs: Graph[]}} Node of type start, end or a state's
 * @typedef {{from: string, to: string, kind: string, label: string, full: string}} Edge
 * @typedef {{nodes: Node[], edges: Edge[], title: string}} Graph
 */

/** Control characters are not allowed in names of states. */
const MARK = '\u0001';
const LABEL_LENGTH_MAX = 34;

/** @returns {Graph} of a definition, or of a branch of one, whose marks carry the path so that they differ */
export function graphOf(definition, path = '', title = '') {
    const start = `${MARK}start${path}`;
    const end = `${MARK}end${path}`;
    const states = Object.entries(definition.States ?? {});
    const edges = [edge(start, definition.StartAt, 'start')];
    for (const [name, state] of states) {
        edges.push(...waysOut(name, state, end));
    }
    const nodes = [mark(start, 'start'), ...states.map(([name, state]) => stateNode(name, state))];
    if (edges.some(each => each.to === end)) {
        nodes.push(mark(end, 'end'));
    }
    return {nodes, edges, title};
}

/** Every node of a graph and of the graphs within. */
export function allNodes(graph) {
    return graph.nodes.flatMap(node => [node, ...node.graphs.flatMap(allNodes)]);
}

function stateNode(name, state) {
    return {name, type: state.Type, comment: state.Comment ?? '', graphs: innerGraphs(name, state)};
}

function innerGraphs(name, state) {
    if (state.Type === 'Parallel') {
        return state.Branches.map((branch, index) => graphOf(branch, `/${name}/${index}`, `branch ${index + 1}`));
    }
    const processor = state.ItemProcessor ?? state.Iterator;
    return state.Type === 'Map' && processor ? [graphOf(processor, `/${name}`, 'each item')] : [];
}

function mark(name, type) {
    return {name, type, comment: '', graphs: []};
}

function waysOut(name, state, end) {
    const ways = (state.Choices ?? []).map(choice => edge(name, choice.Next, 'choice', condition(choice)));
    if (state.Default) {
        ways.push(edge(name, state.Default, 'default', 'otherwise'));
    }
    if (state.Next) {
        ways.push(edge(name, state.Next, 'next'));
    }
    for (const catcher of state.Catch ?? []) {
        ways.push(edge(name, catcher.Next, 'catch', catcher.ErrorEquals.join(', ')));
    }
    if (state.End || state.Type === 'Succeed' || state.Type === 'Fail') {
        ways.push(edge(name, end, 'end'));
    }
    return ways;
}

/** JSONata's as it is, without its braces; JSONPath's as its members are. */
function condition(choice) {
    if (typeof choice.Condition === 'string') {
        return choice.Condition.replace(/^\{%\s*|\s*%\}$/g, '');
    }
    const {Next, Assign, Output, Comment, ...test} = choice;
    return JSON.stringify(test);
}

function edge(from, to, kind, full = '') {
    const label = full.length > LABEL_LENGTH_MAX ? `${full.slice(0, LABEL_LENGTH_MAX - 1)}…` : full;
    return {from, to, kind, label, full};
}
