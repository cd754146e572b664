/**
 * What a history tells of each state. An event names the one before it on its line, so events of branches that run side
 * by side are told apart.
 *
 * @typedef {{state: string, type: string, status: string, enteredAt: string, exitedAt?: string, input, output?,
 *     error?: string, cause?: string, attempts: Attempt[], parent: Visit|null}} Visit of a state: now, passed, caught,
 *     failed or stopped
 * @typedef {{scheduledAt: string, endedAt?: string, outcome: string, error?: string, cause?: string}} Attempt of a
 *     task: scheduled, waiting, succeeded, failed or timed out
 */

const ENTERED = /^(.+)StateEntered$/;
const EXITED = /StateExited$/;
const GROUP_FAILED = /^(?:Parallel|Map)StateFailed$/;
const GROUP_SUCCEEDED = /^(?:Parallel|Map)StateSucceeded$/;
/** What tells of a task, whichever service it calls. */
const OF_TASK = /^(?:Task|LambdaFunction)(Scheduled|Submitted|Succeeded|Failed|TimedOut)$/;

/**
 * @param events as GetExecutionHistory has them
 * @param isRunning whether the execution goes on
 * @returns {{visits: Visit[], taken: Set<string>, stateOf: Map<number, string>}} the visits in order, the ways taken
 *     as "from\nto", and the state of each event
 */
export function read(events, isRunning) {
    const reader = new Reader();
    events.forEach(event => reader.add(event));
    reader.visits.filter(visit => visit.status === 'now').forEach(visit => reader.settle(visit, isRunning));
    return {visits: reader.visits, taken: reader.taken, stateOf: reader.stateOf()};
}

class Reader {
    visits = [];
    taken = new Set();
    /** By the id of an event. */
    #visitOf = new Map();
    #typeOf = new Map();

    add(event) {
        this.#typeOf.set(event.id, event.type);
        const entered = ENTERED.exec(event.type);
        const visit = entered ? this.#entered(event, entered[1]) : this.#visitOfEvent(event);
        this.#visitOf.set(event.id, visit);
        if (!visit || entered) {
            return;
        }
        const task = OF_TASK.exec(event.type);
        if (task) {
            attempted(visit, task[1], event);
        } else if (EXITED.test(event.type)) {
            exited(visit, event);
            this.#closeWithin(visit);
        } else if (event.type === 'EvaluationFailed') {
            fail(visit, details(event));
        } else if (GROUP_FAILED.test(event.type)) {
            this.#closeWithin(visit);
            fail(visit, this.#failureIn(visit));
        } else if (GROUP_SUCCEEDED.test(event.type)) {
            mend(visit);
        }
    }

    /** Whoever has not left a state is still there, failed there, or was ended with the rest. */
    settle(visit, isRunning) {
        if (!isRunning) {
            visit.status = visit.error || visit.type === 'Fail' ? 'failed' : 'stopped';
        }
    }

    stateOf() {
        return new Map([...this.#visitOf].filter(([, visit]) => visit).map(([id, visit]) => [id, visit.state]));
    }

    #entered(event, type) {
        const before = this.#visitOf.get(event.previousEventId) ?? null;
        const follows = EXITED.test(this.#typeOf.get(event.previousEventId) ?? '');
        const {name, input} = details(event);
        const visit = {
            state: name, type, status: 'now', enteredAt: event.timestamp, input: parsed(input), attempts: [],
            parent: follows ? before.parent : before,
        };
        if (follows) {
            this.taken.add(`${before.state}\n${name}`);
        }
        this.visits.push(visit);
        return visit;
    }

    /** The visit of the event before, or the one around it that the event names or is of the kind of. */
    #visitOfEvent(event) {
        const {name, state} = details(event);
        const wanted = name ?? state;
        const group = /^(Parallel|Map)(?:State|Iteration)/.exec(event.type)?.[1];
        let visit = this.#visitOf.get(event.previousEventId) ?? null;
        while (visit && ((wanted && visit.state !== wanted) || (group && visit.type !== group))) {
            visit = visit.parent;
        }
        return visit ?? (wanted ? this.visits.findLast(each => each.state === wanted) ?? null : null);
    }

    /** The history gives a group that failed no error of its own, and a Fail none at all unless it ends everything. */
    #failureIn(parent) {
        const failed = this.visits.findLast(visit => visit.parent === parent && visit.status === 'failed');
        return {error: failed?.error ?? `in ${failed?.state ?? 'a branch'}`, cause: failed?.cause};
    }

    #closeWithin(parent) {
        for (const visit of this.visits) {
            if (visit.status === 'now' && visit.parent === parent) {
                this.settle(visit, false);
                this.#closeWithin(visit);
            }
        }
    }
}

function attempted(visit, what, event) {
    const told = details(event);
    if (what === 'Scheduled') {
        visit.attempts.push({scheduledAt: event.timestamp, outcome: 'scheduled'});
        return;
    }
    const attempt = visit.attempts.at(-1);
    attempt.outcome = {Submitted: 'waiting', Succeeded: 'succeeded', Failed: 'failed', TimedOut: 'timed out'}[what];
    if (what === 'Succeeded') {
        mend(visit);
    }
    if (what !== 'Submitted') {
        attempt.endedAt = event.timestamp;
    }
    if (what === 'Failed' || what === 'TimedOut') {
        attempt.error = told.error;
        attempt.cause = told.cause;
        fail(visit, told);
    }
}

function fail(visit, {error, cause}) {
    visit.error = error;
    visit.cause = cause;
}

/** A later attempt went well. */
function mend(visit) {
    delete visit.error;
    delete visit.cause;
}

/** Left with an error that nothing mended, it was caught. */
function exited(visit, event) {
    visit.exitedAt = event.timestamp;
    visit.output = parsed(details(event).output);
    visit.status = visit.error ? 'caught' : 'passed';
}

/** What an event tells beside its type: the one member that is called so. */
export function details(event) {
    const name = Object.keys(event).find(key => key.endsWith('EventDetails'));
    return name ? event[name] : {};
}

/** Data of histories are texts of JSON. */
export function parsed(text) {
    if (typeof text !== 'string') {
        return text;
    }
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}
