/** The page of text messages that would have been sent, newest first. */

import {copyButton, h, showList} from './elements.js';
import {timeText} from './format.js';
import {attempt, keepUp} from './live.js';
import {get, now} from './machine.js';

const INTERVAL_MS = 1_500;
const CODE = /\b\d{6}\b/;

export function showSms(view, left) {
    const phone = h('input', {id: 'phone', type: 'tel', autocomplete: 'off', placeholder: 'all phones', input: tried});
    const messages = h('ol', {class: 'messages', 'aria-label': 'Messages, newest first'});
    const note = h('p', {class: 'empty', role: 'status'});
    view.append(
        h('h1', {}, 'SMS outbox'),
        h('form', {class: 'filters', submit: event => event.preventDefault()},
            h('label', {for: 'phone'}, 'Phone'), phone),
        note, messages);
    keepUp(left, INTERVAL_MS, tried);

    /** Somebody who types has no whole number yet, and is told so. */
    function tried() {
        return attempt(show, sentence => {
            note.textContent = sentence;
            messages.replaceChildren();
        });
    }

    async function show() {
        const asked = phone.value.trim();
        const {items} = await get('sms', {phone: asked});
        if (asked === phone.value.trim()) {
            showList(messages, items, keyOf, messageItem);
            note.textContent = items.length > 0 ? '' : 'No messages. A sign-up sends one.';
        }
    }
}

function keyOf(message) {
    return `${message.sent_at}/${message.phone}/${message.text}`;
}

function messageItem(message) {
    const code = CODE.exec(message.text)?.[0];
    return h('li', {},
        h('div', {class: 'meta'}, h('span', {class: 'mono'}, message.phone),
            h('time', {datetime: message.sent_at}, timeText(message.sent_at, now()))),
        h('p', {}, message.text),
        code && h('p', {class: 'code'}, h('strong', {}, code), copyButton(code, 'Copy code')));
}
