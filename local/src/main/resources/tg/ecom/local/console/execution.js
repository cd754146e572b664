/** The page of one execution: its graph, the state that is looked at, its data and its history, live until it ends. */

import {facts, h, jsonBlock, row, showList, table} from './elements.js';
import {statusBadge, took} from './executions.js';
import {durationText, timeText} from './format.js';
import {drawGraph, MARKS, STATUS_WORDS} from './graph.js';
import {details, read} from './history.js';
import {attempt, keepUp} from './live.js';
import {get, now} from './machine.js';

const INTERVAL_MS = 1_000;
const VISITS_SHOWN_MAX = 20;
const EVENTS_SHOWN_MAX = 500;
const COLUMNS = ['Event', 'Time', 'What', 'State', 'Details'];

export function showExecution(view, left, name, parameters) {
    const machine = parameters.get('state_machine');
    const page = new Page(name);
    view.append(...page.elements);
    const path = `executions/${encodeURIComponent(name)}`;
    keepUp(left, INTERVAL_MS, () => attempt(
        async () => page.take(await get(path, {state_machine: machine, after: page.lastEvent})),
        sentence => page.refused(sentence)));
}

class Page {
    lastEvent = 0;
    #history = [];
    #chosen = null;
    #graph;
    #read;
    #summary = h('div', {class: 'summary'}, 'Loading …');
    #picture = h('div', {class: 'picture', tabindex: '0', role: 'region', 'aria-label': 'Graph'});
    #panel = h('section', {class: 'panel', 'aria-label': 'State', 'aria-live': 'polite'});
    #data = h('div', {class: 'data'});
    #older = h('p', {class: 'note', hidden: true});
    #table = table('History', COLUMNS);
    #parts = h('div', {hidden: true},
        h('div', {class: 'split'}, h('div', {}, this.#picture, legend()), this.#panel),
        this.#data,
        h('h2', {}, 'History'), this.#older, this.#table.element);

    constructor(name) {
        this.elements = [h('h1', {class: 'mono'}, name), this.#summary, this.#parts];
    }

    /** Shows what is new. @returns whether more is to come */
    take(execution) {
        const isFirst = !this.#graph;
        this.#history.push(...execution.history);
        this.lastEvent = this.#history.at(-1)?.id ?? 0;
        const isRunning = execution.status === 'RUNNING';
        this.#read = read(this.#history, isRunning);
        if (isFirst) {
            this.#graph = drawGraph(execution.definition, state => this.#choose(state));
            this.#picture.append(this.#graph.element);
            this.#parts.hidden = false;
        }
        this.#showSummary(execution);
        this.#showStates();
        if (isFirst) {
            this.#graph.reveal(this.#picture, this.#read.visits.at(-1)?.state);
        }
        this.#showData(execution);
        this.#showHistory();
        return isRunning;
    }

    /** Says why there is nothing to show; what is shown already stays. */
    refused(sentence) {
        if (!this.#graph) {
            this.#summary.textContent = sentence;
        }
    }

    #choose(state) {
        this.#chosen = state;
        this.#showStates();
        this.#panel.scrollIntoView({block: 'nearest', behavior: 'smooth'});
    }

    #showSummary(execution) {
        this.#summary.replaceChildren(statusBadge(execution.status), facts(
            ['State machine', execution.state_machine],
            ['Started', timeText(execution.started_at, now())],
            execution.stopped_at && ['Ended', timeText(execution.stopped_at, now())],
            [execution.stopped_at ? 'Took' : 'Running for', took(execution)],
            execution.error && ['Error', execution.error],
            execution.cause && ['Cause', execution.cause]));
    }

    #showStates() {
        const visits = Map.groupBy(this.#read.visits, visit => visit.state);
        const statuses = new Map([...visits].map(([state, all]) =>
            [state, {status: statusOf(all), count: all.length}]));
        this.#graph.show({statuses, taken: this.#read.taken, chosen: this.#chosen});
        const telling = this.#read.visits.findLast(visit => ['now', 'failed'].includes(visit.status));
        const chosen = this.#chosen ?? (telling ?? this.#read.visits.at(-1))?.state;
        const all = (visits.get(chosen) ?? []).slice(-VISITS_SHOWN_MAX).reverse();
        showList(this.#panel, [{chosen, all}], () => 'state',
            () => statePanel(chosen, all, this.#graph.waysOut(chosen)));
    }

    #showData({input, output}) {
        showList(this.#data, [{title: 'Input', value: input}, {title: 'Output', value: output}]
            .filter(part => part.value !== undefined), part => part.title,
        part => h('section', {}, h('h2', {}, part.title), jsonBlock(part.value)));
    }

    #showHistory() {
        const left = this.#history.length - EVENTS_SHOWN_MAX;
        this.#older.hidden = left <= 0;
        this.#older.textContent = `${left} older events are not shown; /_local/executions has all.`;
        const newest = this.#history.slice(-EVENTS_SHOWN_MAX);
        showList(this.#table.body, newest, event => event.id, event => this.#eventRow(event));
    }

    #eventRow(event) {
        const told = details(event);
        return row(COLUMNS, [
            String(event.id),
            h('time', {datetime: event.timestamp}, event.timestamp.slice(11, 23).replace('Z', '')),
            event.type,
            this.#read.stateOf.get(event.id) ?? '',
            Object.keys(told).length > 0
                ? h('details', {}, h('summary', {}, summaryOf(told)), jsonBlock(unfolded(told)))
                : '',
        ]);
    }
}

/** What is told of a state that was visited more than once: where it is, then what went wrong, then how it ended. */
function statusOf(visits) {
    return ['now', 'failed'].find(status => visits.some(visit => visit.status === status)) ?? visits.at(-1).status;
}

function statePanel(state, visits, ways) {
    return h('div', {}, h('h2', {}, state ?? 'No state yet'),
        visits.length === 0
            ? h('p', {class: 'empty'}, state ? 'Not reached.' : 'The execution has just begun.')
            : visits.map((visit, index) => visitPart(visit, visits.length - index, visits.length)),
        ways.length > 0 && [h('h3', {}, 'Leads to'), h('ul', {class: 'ways'}, ways.map(wayLine))]);
}

/** Where a way leads, and all of what the graph may have cut: its condition or its errors. */
function wayLine({kind, to, full}) {
    return h('li', {}, to, full && [kind === 'catch' ? ' on ' : kind === 'choice' ? ' if ' : ' ',
        h('span', {class: 'mono'}, full)]);
}

function visitPart(visit, number, count) {
    return h('div', {class: 'visit'},
        h('p', {}, h('span', {class: 'mark', 'data-status': visit.status, 'aria-hidden': 'true'}, MARKS[visit.status]),
            ` ${visit.type}, ${STATUS_WORDS[visit.status]}`, count > 1 ? ` (visit ${number})` : ''),
        facts(
            ['Entered', timeText(visit.enteredAt, now())],
            visit.exitedAt && ['Left', timeText(visit.exitedAt, now())],
            visit.exitedAt && ['Took', durationText(Date.parse(visit.exitedAt) - Date.parse(visit.enteredAt))],
            visit.error && ['Error', visit.error],
            visit.cause && ['Cause', visit.cause]),
        visit.attempts.length > 0
            && [h('h3', {}, 'Attempts'), h('ol', {class: 'attempts'}, visit.attempts.map(attemptLine))],
        h('h3', {}, 'Input'), jsonBlock(visit.input),
        visit.output !== undefined && [h('h3', {}, 'Output'), jsonBlock(visit.output)]);
}

function attemptLine(attempt) {
    return h('li', {}, `${timeText(attempt.scheduledAt, now())} ${attempt.outcome}`,
        attempt.endedAt && ` after ${durationText(Date.parse(attempt.endedAt) - Date.parse(attempt.scheduledAt))}`,
        attempt.error && `: ${attempt.error}`);
}

function summaryOf(told) {
    return told.error ?? told.name ?? told.resource ?? Object.keys(told)[0];
}

/** Texts of JSON as what they say, and without the members that only say that nothing was cut. */
function unfolded(told) {
    return Object.fromEntries(Object.entries(told)
        .filter(([key]) => !key.endsWith('Details'))
        .map(([key, value]) => [key, ['input', 'output', 'parameters'].includes(key) ? JSON.parse(value) : value]));
}

function legend() {
    return h('ul', {class: 'legend', 'aria-label': 'Marks'}, Object.entries(MARKS).map(([status, mark]) =>
        h('li', {}, h('span', {class: 'mark', 'data-status': status}, mark), ` ${STATUS_WORDS[status]}`)),
    h('li', {}, h('span', {class: 'dashed', 'aria-hidden': 'true'}), ' on an error'));
}
