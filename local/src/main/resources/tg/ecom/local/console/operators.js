/** The page of the simulated operators: which scenario each plays, and its own books. */

import {answerLine, h, row, showList, table} from './elements.js';
import {francs, timeText, words} from './format.js';
import {attempt, keepUp} from './live.js';
import {get, now, send} from './machine.js';

const INTERVAL_MS = 2_000;
const PHONE_COLUMNS = ['Phone', 'Scenario'];
const PAYMENT_COLUMNS = ['Time', 'Phone', 'Amount', 'Status', 'Reference'];

export async function showOperators(view, left) {
    const list = h('div');
    view.append(h('h1', {}, 'Operators'), h('p', {class: 'note'},
        'What a simulated operator does with the payments asked of it from now on; a phone without a scenario of its '
            + 'own gets everybody’s.'), list);
    const shown = new Map();
    await keepUp(left, INTERVAL_MS, async () => {
        for (const name of (await get('operators')).items) {
            if (!shown.has(name)) {
                shown.set(name, new Operator(name));
                list.append(shown.get(name).element);
            }
            await shown.get(name).refresh();
        }
    });
}

class Operator {
    #name;
    #phones = table('Scenarios of single phones', PHONE_COLUMNS);
    #payments = table('Statement', PAYMENT_COLUMNS, ['Amount']);
    #everybody = h('strong');
    #answer = answerLine();
    #scenario;
    #phone;
    #single = h('div', {hidden: true}, h('h3', {}, 'Single phones'), this.#phones.element);
    #statement = h('div', {hidden: true}, h('h3', {}, 'Statement'), this.#payments.element);

    constructor(name) {
        this.#name = name;
        this.#scenario = h('select', {id: `${name}-scenario`});
        this.#phone = h('input', {id: `${name}-phone`, type: 'tel', autocomplete: 'off', placeholder: 'everybody'});
        this.element = h('section', {class: 'card', 'aria-label': name.toUpperCase()},
            h('h2', {}, name.toUpperCase()),
            h('p', {}, 'Everybody: ', this.#everybody),
            h('form', {class: 'filters', submit: event => this.#play(event)},
                h('label', {for: `${name}-scenario`}, 'Scenario'), this.#scenario,
                h('label', {for: `${name}-phone`}, 'Phone'), this.#phone,
                h('button', {type: 'submit'}, 'Play it')),
            this.#answer, this.#single, this.#statement);
    }

    async refresh() {
        this.#show(await get(`operators/${this.#name}`));
        const {items} = await get(`operators/${this.#name}/statement`);
        this.#statement.hidden = items.length === 0;
        showList(this.#payments.body, items, payment => payment.reference, paymentRow);
    }

    #show({scenario, phones, scenarios}) {
        this.#everybody.textContent = words(scenario);
        if (this.#scenario.options.length === 0) {
            this.#scenario.append(...scenarios.map(word =>
                h('option', {value: word, selected: word === scenario}, words(word))));
        }
        const single = Object.entries(phones);
        this.#single.hidden = single.length === 0;
        showList(this.#phones.body, single, ([phone]) => phone,
            ([phone, word]) => row(PHONE_COLUMNS, [[phone, 'mono'], words(word)]));
    }

    async #play(event) {
        event.preventDefault();
        const phone = this.#phone.value.trim();
        await attempt(async () => {
            const scenario = this.#scenario.value;
            this.#show(await send('PUT', `operators/${this.#name}`, {scenario, ...(phone && {phone})}));
            this.#answer.textContent = `${phone || 'Everybody'} gets “${words(scenario)}” from now on.`;
        }, sentence => (this.#answer.textContent = sentence));
    }
}

function paymentRow(payment) {
    return row(PAYMENT_COLUMNS, [
        timeText(payment.at, now()), [payment.phone, 'mono'], [francs(payment.amount), 'number'], payment.status,
        [payment.reference, 'mono id'],
    ]);
}
