/** Keeps a page up to date while somebody looks at it. */

import {Refusal} from './machine.js';

/**
 * Does work now, and again so long after it ended, as long as the page is shown; a hidden tab waits until it is seen.
 *
 * @param {AbortSignal} left is aborted when the page is left
 * @param {() => Promise<boolean|void>} work ends it by answering false; an unreachable machine is asked again
 */
export async function keepUp(left, interval_ms, work) {
    while (!left.aborted) {
        await visible(left);
        if (left.aborted || (await attempt(work)) === false) {
            return;
        }
        await pause(left, interval_ms);
    }
}

/**
 * Does work once.
 *
 * @param {(sentence: string) => void} tell is told why when a tool refuses it or the machine does not answer, which the
 *     frame tells as well
 */
export async function attempt(work, tell = () => {}) {
    try {
        return await work();
    } catch (refused) {
        if (!(refused instanceof Refusal)) {
            throw refused;
        }
        tell(refused.message);
        return true;
    }
}

function visible(left) {
    return document.hidden ? once(left, document, 'visibilitychange') : Promise.resolve();
}

function pause(left, interval_ms) {
    return new Promise(resolve => {
        const timer = setTimeout(resolve, interval_ms);
        left.addEventListener('abort', () => (clearTimeout(timer), resolve()), {once: true});
    });
}

function once(left, target, name) {
    return new Promise(resolve => {
        target.addEventListener(name, resolve, {once: true, signal: left});
        left.addEventListener('abort', resolve, {once: true});
    });
}
