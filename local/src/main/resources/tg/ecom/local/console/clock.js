/** The page of the clock that functions go by. */

import {answerLine, h} from './elements.js';
import {durationText, timeText} from './format.js';
import {attempt, keepUp} from './live.js';
import {now, readClock, send} from './machine.js';

const INTERVAL_MS = 1_000;
const STEPS = [['10 s', 10], ['1 min', 60], ['15 min', 900], ['1 h', 3_600], ['1 day', 86_400], ['7 days', 604_800]];

export function showClock(view, left) {
    const time = h('p', {class: 'amount'}, h('time'));
    const ahead = h('p');
    const answer = answerLine();
    const seconds = h('input', {
        id: 'seconds', type: 'number', min: '1', step: '1', required: true, inputmode: 'numeric', placeholder: '90',
    });
    view.append(
        h('h1', {}, 'Clock'), time, ahead,
        h('h2', {}, 'Move it forward'),
        h('div', {class: 'filters'}, STEPS.map(([label, step]) =>
            h('button', {type: 'button', click: () => advance(step)}, `+ ${label}`))),
        h('form', {class: 'filters', submit: event => (event.preventDefault(), advance(Number(seconds.value)))},
            h('label', {for: 'seconds'}, 'Seconds'), seconds, h('button', {type: 'submit'}, 'Move')),
        answer,
        h('p', {class: 'note'}, 'Functions, sagas’ waits and timeouts, tokens, limits, schedules, expiries and delays of '
            + 'queues go by this clock; links of S3 keep real time. Whatever becomes due happens at once. Time never '
            + 'goes back: ./ecom up --fresh starts over.'));
    keepUp(left, INTERVAL_MS, async () => {
        await readClock();
        tell();
    });

    function tell() {
        const iso = new Date(now()).toISOString();
        time.firstChild.textContent = `${timeText(iso)} UTC`;
        time.firstChild.dateTime = iso;
        const lead = now() - Date.now();
        ahead.textContent = lead < INTERVAL_MS
            ? 'The same as this computer’s.'
            : `${durationText(lead)} ahead of this computer’s.`;
    }

    async function advance(advance_s) {
        answer.textContent = 'Moving …';
        await attempt(async () => {
            await send('POST', 'clock', {advance_s});
            await readClock();
            tell();
            answer.textContent = `Moved by ${durationText(advance_s * 1000)}.`;
        }, sentence => (answer.textContent = sentence));
    }
}
