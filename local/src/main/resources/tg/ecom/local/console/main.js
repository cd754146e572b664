/** The frame of the console: which page a hash names, whether the machine answers, what time it is for functions. */

import {h} from './elements.js';
import {durationText, timeText} from './format.js';
import {keepUp} from './live.js';
import {events, now, reachable, readClock} from './machine.js';
import {showClock} from './clock.js';
import {showExecution} from './execution.js';
import {showExecutions} from './executions.js';
import {showOperators} from './operators.js';
import {showSms} from './sms.js';
import {showWallet} from './wallet.js';
import {showWallets} from './wallets.js';

const CLOCK_INTERVAL_MS = 3_000;
const TICK_MS = 1_000;

/** Pages by the first part of their hash: of a list, and of one thing that it names. */
const PAGES = {
    executions: {title: 'Executions', list: showExecutions, one: showExecution},
    sms: {title: 'SMS', list: showSms},
    wallets: {title: 'Wallets', list: showWallets, one: showWallet},
    operators: {title: 'Operators', list: showOperators},
    clock: {title: 'Clock', list: showClock},
};

const view = document.getElementById('view');
const forever = new AbortController().signal;
let leave = new AbortController();

function route() {
    const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
    const [first, ...rest] = path.split('/');
    const id = decoded(rest.join('/'));
    const page = PAGES[first];
    const show = id ? page?.one : page?.list;
    if (!show) {
        location.replace('#/executions');
        return;
    }
    leave.abort();
    leave = new AbortController();
    document.title = `${id || page.title} · Ecom console`;
    for (const link of document.querySelectorAll('nav a')) {
        if (link.hash === `#/${first}`) {
            link.setAttribute('aria-current', 'page');
        } else {
            link.removeAttribute('aria-current');
        }
    }
    const content = h('div', {class: 'page'});
    view.replaceChildren(content);
    view.focus({preventScroll: true});
    scrollTo(0, 0);
    show(content, leave.signal, id, new URLSearchParams(query));
}

/** A name that is no URI means itself. */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function tellReach() {
    const line = document.getElementById('unreachable');
    line.hidden = reachable();
    line.textContent = reachable()
        ? ''
        : 'The machine does not answer: is ./ecom up running here? It is asked again until it does.';
}

function tellTime() {
    const ahead = now() - Date.now();
    document.getElementById('time').textContent = timeText(new Date(now()).toISOString()).slice(11)
        + (ahead > TICK_MS ? ` +${durationText(ahead)}` : '');
}

addEventListener('hashchange', event => {
    // The link that skips the frame is no page.
    if (new URL(event.newURL).hash !== '#view') {
        route();
    }
});
events.addEventListener('reach', tellReach);
setInterval(tellTime, TICK_MS);
keepUp(forever, CLOCK_INTERVAL_MS, async () => {
    await readClock();
    tellTime();
});
route();
