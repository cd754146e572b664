/** The page of wallets: everybody's, the newest first, then Ecom's own. */

import {answerLine, h, row, showList, table} from './elements.js';
import {francs, words} from './format.js';
import {attempt, keepUp} from './live.js';
import {get, send} from './machine.js';

const INTERVAL_MS = 2_000;
const COLUMNS = ['Holder', 'Balance', 'Held', 'Status', 'Wallet'];
const AMOUNTS = ['Balance', 'Held'];

export function showWallets(view, left) {
    const seen = new Map();
    let older;
    const own = table('Ecom’s own wallets', COLUMNS, AMOUNTS);
    const people = table('Everybody’s wallets', COLUMNS, AMOUNTS);
    const more = h('button', {type: 'button', hidden: true, click: () => attempt(showOlder)}, 'Show older');
    const phone = h('input', {id: 'phone', type: 'tel', autocomplete: 'off', placeholder: '90000001', required: true});
    const found = answerLine();
    const verified = answerLine();
    view.append(
        h('h1', {}, 'Wallets'),
        h('form', {class: 'filters', submit: find}, h('label', {for: 'phone'}, 'Phone'), phone,
            h('button', {type: 'submit'}, 'Find'), h('button', {type: 'button', click: verify}, 'Verify the ledger')),
        found, verified,
        h('h2', {}, 'Everybody’s'), people.element, more,
        h('h2', {}, 'Ecom’s own'), own.element);
    keepUp(left, INTERVAL_MS, showNewest);

    async function showNewest() {
        const answer = await get('wallets');
        older ??= answer.next_cursor ?? '';
        showList(own.body, answer.own, wallet => wallet.wallet_id, walletRow);
        take(answer.items);
    }

    async function showOlder() {
        const answer = await get('wallets', {cursor: older});
        older = answer.next_cursor ?? '';
        take(answer.items);
    }

    function take(items) {
        items.forEach(item => seen.set(item.wallet_id, item));
        // Ids begin with the time of their making.
        const sorted = [...seen.values()].sort((one, other) => other.wallet_id.localeCompare(one.wallet_id));
        showList(people.body, sorted, wallet => wallet.wallet_id, walletRow);
        more.hidden = !older;
    }

    async function find(event) {
        event.preventDefault();
        await attempt(async () => {
            const {items} = await get('wallets', {phone: phone.value});
            if (items.length > 0) {
                location.hash = walletLink(items[0].wallet_id);
            } else {
                found.textContent = 'Nobody has that phone.';
            }
        }, sentence => (found.textContent = sentence));
    }

    async function verify() {
        verified.textContent = 'Verifying …';
        await attempt(async () => {
            const books = await send('POST', 'ledger/verify', {});
            verified.dataset.ok = String(books.ok);
            verified.textContent = `${books.ok ? '✓ The books balance' : '✕ The books do not balance'}: `
                + `${books.wallets} wallets, ${books.transfers} transfers, ${books.entries} entries, sum ${books.sum}.`
                + (books.ok ? '' : ` ${JSON.stringify(books.differences)}`);
        }, sentence => (verified.textContent = sentence));
    }
}

/** Where the page of a wallet is. */
export function walletLink(id) {
    return `#/wallets/${encodeURIComponent(id)}`;
}

/** A person by the name that others see; a wallet of another purpose than a person's by that. */
export function holderOf(wallet) {
    return wallet.kind === 'personal' && wallet.display_name ? wallet.display_name : words(wallet.purpose);
}

function walletRow(wallet) {
    return row(COLUMNS, [
        h('a', {href: walletLink(wallet.wallet_id)}, holderOf(wallet)),
        [francs(wallet.balance), 'number'],
        [wallet.held > 0 ? francs(wallet.held) : '', 'number'],
        wallet.status,
        [wallet.wallet_id, 'mono id'],
    ]);
}
