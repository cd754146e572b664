/** Making elements. What comes from data goes in as text nodes and attributes' values, never as HTML. */

const SVG = 'http://www.w3.org/2000/svg';

/** Of an element of a list: which item it shows, and which version of it. */
const shown = new WeakMap();

/**
 * An element of HTML.
 *
 * @param {Object} attributes a function is a listener of the event of that name; true is an attribute without a value;
 *     false, null and undefined are none
 * @param children elements, texts, or arrays of them; null, undefined and false are none
 */
export function h(tag, attributes = {}, ...children) {
    return filled(document.createElement(tag), attributes, children);
}

/** An element of SVG, as h makes one of HTML. */
export function s(tag, attributes = {}, ...children) {
    return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function') {
            element.addEventListener(name, value);
        } else if (value === true) {
            element.setAttribute(name, '');
        } else if (value !== false && value != null) {
            element.setAttribute(name, value);
        }
    }
    element.append(...children.flat(Infinity).filter(child => child != null && child !== false));
    return element;
}

/**
 * Shows a list that changes: what is the same stays, with its focus and its open details.
 *
 * @param parent what the elements are in; what else it has makes way
 * @param keyOf what tells one item from another
 * @param render makes an item's element; it is made again only when the item has changed
 */
export function showList(parent, items, keyOf, render) {
    const before = new Map([...parent.children].map(element => [shown.get(element)?.key, element]));
    const elements = items.map(item => {
        const key = String(keyOf(item));
        const version = JSON.stringify(item);
        const kept = before.get(key);
        if (kept && shown.get(kept).version === version) {
            return kept;
        }
        const element = render(item);
        shown.set(element, {key, version});
        return element;
    });
    const wanted = new Set(elements);
    [...parent.childNodes].filter(node => !wanted.has(node)).forEach(node => node.remove());
    elements.forEach((element, index) => {
        if (parent.children[index] !== element) {
            parent.insertBefore(element, parent.children[index] ?? null);
        }
    });
}

/** A table without rows, which a narrow screen shows as cards; numbers are the columns that stand to the right. */
export function table(label, columns, numbers = []) {
    const body = h('tbody');
    const head = h('thead', {}, h('tr', {}, columns.map(column =>
        h('th', {scope: 'col', class: numbers.includes(column) ? 'number' : null}, column))));
    return {element: h('table', {'aria-label': label}, head, body), body};
}

/** A row of such a table: each cell names its column, and is what it shows, or [what it shows, its class]. */
export function row(columns, cells) {
    return h('tr', {}, cells.map((cell, index) => {
        const [content, style] = Array.isArray(cell) ? cell : [cell, null];
        return h('td', {'data-label': columns[index], class: style}, content);
    }));
}

/** Names and what they are. */
export function facts(...pairs) {
    return h('dl', {class: 'facts'}, pairs.filter(Boolean).map(([name, value]) =>
        h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/** A value as indented JSON, with a button that copies it. */
export function jsonBlock(value) {
    const text = JSON.stringify(value, null, 2);
    return h('div', {class: 'json'}, copyButton(text, 'Copy'), h('pre', {tabindex: '0'}, text));
}

/** Copies a text, and says so. */
export function copyButton(text, label) {
    const button = h('button', {type: 'button', class: 'small', click: async () => {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
        button.addEventListener('blur', () => (button.textContent = label), {once: true});
    }}, label);
    return button;
}

/** Says what became of what somebody did; read aloud. */
export function answerLine() {
    return h('p', {class: 'answer', role: 'status'});
}
