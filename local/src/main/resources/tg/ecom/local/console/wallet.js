/** The page of one wallet: what is in it, what is held, and its entries, newest first. */

import {facts, h, row, showList, table} from './elements.js';
import {francs, signedFrancs, timeText} from './format.js';
import {attempt, keepUp} from './live.js';
import {get, now} from './machine.js';
import {holderOf, walletLink} from './wallets.js';

const INTERVAL_MS = 2_000;
const ENTRY_COLUMNS = ['Time', 'Amount', 'Category', 'Balance after', 'With', 'Note', 'Transfer'];
const HOLD_COLUMNS = ['Made', 'Amount', 'Category', 'Until', 'For', 'Hold'];
const AMOUNTS = ['Amount', 'Balance after'];

export function showWallet(view, left, id) {
    const seen = new Map();
    let older;
    let isShown = false;
    const title = h('h1', {}, 'Wallet');
    const summary = h('div', {class: 'summary'}, 'Loading …');
    const holds = table('Open holds', HOLD_COLUMNS, AMOUNTS);
    const held = h('div', {hidden: true}, h('h2', {}, 'Open holds'), holds.element);
    const entries = table('Entries', ENTRY_COLUMNS, AMOUNTS);
    const empty = h('p', {class: 'empty', hidden: true}, 'No money has moved here yet.');
    const more = h('button', {type: 'button', hidden: true, click: () => attempt(showOlder)}, 'Show older');
    view.append(title, summary, held, h('h2', {}, 'Entries'), entries.element, empty, more);
    keepUp(left, INTERVAL_MS, () => attempt(showNewest, sentence => isShown || (summary.textContent = sentence)));

    async function showNewest() {
        const wallet = await get(`wallets/${encodeURIComponent(id)}`);
        older ??= wallet.next_cursor ?? '';
        title.textContent = holderOf(wallet);
        isShown = true;
        showList(summary, [wallet], each => each.wallet_id, walletFacts);
        held.hidden = wallet.holds.length === 0;
        showList(holds.body, wallet.holds, hold => hold.hold_id, holdRow);
        take(wallet.entries);
    }

    async function showOlder() {
        const page = await get(`wallets/${encodeURIComponent(id)}`, {cursor: older});
        older = page.next_cursor ?? '';
        take(page.entries);
    }

    function take(items) {
        items.forEach(item => seen.set(item.entry_id, item));
        const sorted = [...seen.values()].sort((one, other) => other.place - one.place
            || other.entry_id.localeCompare(one.entry_id));
        showList(entries.body, sorted, entry => entry.entry_id, entryRow);
        empty.hidden = sorted.length > 0;
        more.hidden = !older;
    }
}

function walletFacts(wallet) {
    const isPersonal = wallet.kind === 'personal';
    return h('div', {}, h('p', {class: 'caption'}, 'Balance'), h('p', {class: 'amount'}, francs(wallet.balance)), facts(
        isPersonal && ['Available', francs(wallet.available)],
        isPersonal && ['Held', francs(wallet.held)],
        ['Status', wallet.status],
        ['Kind', wallet.kind],
        wallet.tier && ['KYC tier', String(wallet.tier)],
        ...(wallet.limits ? limitFacts(wallet.limits) : []),
        ['Opened', timeText(wallet.created_at)],
        ['Wallet', h('span', {class: 'mono'}, wallet.wallet_id)]));
}

function limitFacts(limits) {
    return [
        ['Spent today', `${francs(limits.spent_day)} of ${francs(limits.daily_max)}`],
        ['Spent this month', `${francs(limits.spent_month)} of ${francs(limits.monthly_max)}`],
        ['Reloaded this month', `${francs(limits.reloaded_month)} of ${francs(limits.reload_max)}`],
    ];
}

function entryRow(entry) {
    return row(ENTRY_COLUMNS, [
        h('time', {datetime: entry.created_at}, timeText(entry.created_at, now())),
        [signedFrancs(entry.amount), entry.amount > 0 ? 'number in' : 'number out'],
        entry.category,
        [entry.balance_after === null ? '' : francs(entry.balance_after), 'number'],
        entry.counterparty_wallet_id
            ? h('a', {href: walletLink(entry.counterparty_wallet_id)}, entry.counterparty ?? 'another wallet')
            : '',
        entry.description ?? '',
        [entry.transfer_id, 'mono id'],
    ]);
}

function holdRow(hold) {
    return row(HOLD_COLUMNS, [
        timeText(hold.created_at, now()), [francs(hold.amount - hold.captured), 'number'], hold.category,
        timeText(hold.expires_at, now()), [awaited(hold), 'mono id'], [hold.hold_id, 'mono id'],
    ]);
}

/** What a hold waits for, whose saga has the same name. */
function awaited({related_service_id: id}) {
    return id ? h('a', {href: `#/executions/${encodeURIComponent(id)}`}, id) : '';
}
