/**
 * A definition in Amazon's States Language as a graph. Names of states are unique in the whole of a definition, so they
 * are the names of nodes; the mark where a line begins has a name that no state can have.
 *
 * @typedef {{name: string, type: string, comment: string, detail: string, isLast: boolean, graphs: Graph[]}} Node of
 *     type start or a state's; detail is what all conditions of a choice ask about, isLast whether the line ends there
 * @typedef {{from: string, to: string, kind: string, label: string, full: string}} Edge
 * @typedef {{nodes: Node[], edges: Edge[], title: string}} Graph
 */

/** Control characters are not allowed in names of states. */
const MARK = '\u0001';
const LABEL_LENGTH_MAX = 28;
/** A condition that something is one value. */
const COMPARISON = /^(\S+ =) ('[^']*'|[\d.]+|true|false)$/;

/** @returns {Graph} of a definition, or of a branch of one, whose mark carries the path so that it differs */
export function graphOf(definition, path = '', title = '') {
    const start = `${MARK}start${path}`;
    const states = Object.entries(definition.States ?? {});
    const edges = [edge(start, definition.StartAt, 'start')];
    for (const [name, state] of states) {
        edges.push(...withoutParallels(waysOut(name, state)));
    }
    const mark = {name: start, type: 'start', comment: '', detail: '', isLast: false, graphs: []};
    return {nodes: [mark, ...states.map(([name, state]) => stateNode(name, state))], edges, title};
}

function stateNode(name, state) {
    return {
        name, type: state.Type, comment: state.Comment ?? '', detail: subject(state),
        isLast: Boolean(state.End) || state.Type === 'Succeed' || state.Type === 'Fail',
        graphs: innerGraphs(name, state),
    };
}

function innerGraphs(name, state) {
    if (state.Type === 'Parallel') {
        return state.Branches.map((branch, index) => graphOf(branch, `/${name}/${index}`, `branch ${index + 1}`));
    }
    const processor = state.ItemProcessor ?? state.Iterator;
    return state.Type === 'Map' && processor ? [graphOf(processor, `/${name}`, 'each item')] : [];
}

function waysOut(name, state) {
    const asked = subject(state);
    const ways = (state.Choices ?? []).map(choice =>
        edge(name, choice.Next, 'choice', condition(choice), value(condition(choice), asked)));
    if (state.Default) {
        ways.push(edge(name, state.Default, 'default', 'otherwise'));
    }
    if (state.Next) {
        ways.push(edge(name, state.Next, 'next'));
    }
    for (const catcher of state.Catch ?? []) {
        ways.push(edge(name, catcher.Next, 'catch', catcher.ErrorEquals.join(', ')));
    }
    return ways;
}

/** Those that lead to the same state as one, but an error's never with the others. */
function withoutParallels(ways) {
    const all = (ways, member) => ways.map(way => way[member]).filter(Boolean).join(', ');
    return [...Map.groupBy(ways, way => `${way.kind === 'catch'} ${way.to}`).values()].map(same =>
        ({...same[0], full: all(same, 'full'), label: shortened(all(same, 'label'))}));
}

function shortened(text) {
    return text.length > LABEL_LENGTH_MAX ? `${text.slice(0, LABEL_LENGTH_MAX - 1)}…` : text;
}

/** JSONata's as it is, without its braces; JSONPath's as its members are. */
function condition(choice) {
    if (typeof choice.Condition === 'string') {
        return choice.Condition.replace(/^\{%\s*|\s*%\}$/g, '');
    }
    const {Next, Assign, Output, Comment, ...test} = choice;
    return JSON.stringify(test);
}

/** What all conditions of a choice compare with a value, such as "status ="; empty if they don't agree on it. */
function subject(state) {
    const subjects = new Set((state.Choices ?? []).map(choice => COMPARISON.exec(brief(condition(choice)))?.[1]));
    return subjects.size === 1 ? [...subjects][0] ?? '' : '';
}

/** What is left to say of a condition whose subject stands in its state. */
function value(full, asked) {
    return asked ? COMPARISON.exec(brief(full))[2].replace(/^'|'$/g, '') : brief(full);
}

/** A choice asks about its input, unless it says otherwise. */
function brief(full) {
    return full.replaceAll('$states.input.', '');
}

function edge(from, to, kind, full = '', label = full) {
    return {from, to, kind, label, full};
}
