/** Talks to the tools of this machine, and knows whether it answers and what time its functions have. */

const TIMEOUT_MS = 15_000;

let isReachable = true;
let ahead_ms = 0;

/** Tells of changes: "reach" when the machine stops answering or answers again. */
export const events = new EventTarget();

/** What a tool refused, in its own sentence. */
export class Refusal extends Error {}

/** What GET /_local/PATH answers. */
export function get(path, parameters = {}) {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
    return call('GET', query.size > 0 ? `${path}?${query}` : path);
}

/** What a tool answers that is sent an object. */
export function send(method, path, body) {
    return call(method, path, {body: JSON.stringify(body), headers: {'content-type': 'application/json'}});
}

/** The time that functions have, in milliseconds since 1970. */
export function now() {
    return Date.now() + ahead_ms;
}

/** Asks for that time. */
export async function readClock() {
    const clock = await get('clock');
    ahead_ms = Date.parse(clock.now) - Date.now();
    return clock;
}

export function reachable() {
    return isReachable;
}

async function call(method, path, more = {}) {
    let response;
    try {
        response = await fetch(`/_local/${path}`, {method, signal: AbortSignal.timeout(TIMEOUT_MS), ...more});
    } catch {
        reached(false);
        throw new Refusal('The machine does not answer.');
    }
    reached(true);
    const answer = await response.json();
    if (!response.ok) {
        throw new Refusal(answer.message ?? `The machine answered ${response.status}.`);
    }
    return answer;
}

function reached(is) {
    if (isReachable !== is) {
        isReachable = is;
        events.dispatchEvent(new Event('reach'));
    }
}
