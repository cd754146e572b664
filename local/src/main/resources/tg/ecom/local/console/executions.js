/** The page of all executions, newest first. */

import {h, row, showList, table} from './elements.js';
import {durationText, timeText, words} from './format.js';
import {attempt, keepUp} from './live.js';
import {get, now} from './machine.js';

const INTERVAL_MS = 1_500;
const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
const COLUMNS = ['Execution', 'State machine', 'Status', 'Started', 'Took'];

export function showExecutions(view, left) {
    const seen = new Map();
    let older;
    const machines = h('select', {id: 'machine', change: restart}, h('option', {value: ''}, 'all'));
    const statuses = h('select', {id: 'status', change: restart}, h('option', {value: ''}, 'all'),
        STATUSES.map(status => h('option', {value: status}, words(status))));
    const {element, body} = table('Executions', COLUMNS);
    const empty = h('p', {class: 'empty', hidden: true}, 'Nothing has run yet. A recharge starts one.');
    const more = h('button', {type: 'button', hidden: true, click: () => attempt(showOlder)}, 'Show older');
    view.append(
        h('h1', {}, 'Executions'),
        h('form', {class: 'filters', submit: event => event.preventDefault()},
            h('label', {for: 'machine'}, 'State machine'), machines,
            h('label', {for: 'status'}, 'Status'), statuses),
        element, empty, more);
    keepUp(left, INTERVAL_MS, showNewest);

    function restart() {
        seen.clear();
        older = undefined;
        attempt(showNewest);
    }

    function filters() {
        return {state_machine: machines.value, status: statuses.value};
    }

    async function showNewest() {
        const asked = filters();
        const answer = await get('executions', asked);
        if (JSON.stringify(asked) === JSON.stringify(filters())) {
            older ??= answer.next_cursor ?? '';
            offer(machines, answer.state_machines);
            // One that has ended since may no longer be of the status asked for.
            [...seen].filter(([, each]) => each.status === 'RUNNING').forEach(([key]) => seen.delete(key));
            take(answer.items);
        }
    }

    async function showOlder() {
        const answer = await get('executions', {...filters(), cursor: older});
        older = answer.next_cursor ?? '';
        take(answer.items);
    }

    function take(items) {
        items.forEach(item => seen.set(keyOf(item), item));
        const sorted = [...seen.values()].sort((one, other) => other.started_at.localeCompare(one.started_at));
        showList(body, sorted, keyOf, executionRow);
        empty.hidden = sorted.length > 0;
        more.hidden = !older;
    }
}

/** Where the page of an execution is. */
export function executionLink(execution) {
    const machine = new URLSearchParams({state_machine: execution.state_machine});
    return `#/executions/${encodeURIComponent(execution.name)}?${machine}`;
}

/** How long an execution took, or has taken so far. */
export function took(execution) {
    const until = execution.stopped_at ? Date.parse(execution.stopped_at) : now();
    return durationText(until - Date.parse(execution.started_at));
}

/** The status of an execution, with a mark beside its colour. */
export function statusBadge(status) {
    return h('span', {class: 'badge', 'data-status': status}, words(status));
}

function keyOf(execution) {
    return `${execution.state_machine}:${execution.name}`;
}

function offer(machines, names) {
    const offered = new Set([...machines.options].map(option => option.value));
    names.filter(name => !offered.has(name)).forEach(name => machines.append(h('option', {value: name}, name)));
}

function executionRow(execution) {
    return row(COLUMNS, [
        [h('a', {href: executionLink(execution)}, execution.name), 'mono'],
        execution.state_machine,
        statusBadge(execution.status),
        h('time', {datetime: execution.started_at}, timeText(execution.started_at, now())),
        execution.stopped_at ? took(execution) : 'running',
    ]);
}
