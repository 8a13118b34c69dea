// Small helpers of what the page and the report draw. Text always enters as text, and hidden characters as marks
// (visible.js): names on lists and AIS fields are hostile input.
import {hides, pieces, plainly} from './visible.js';

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') node.style.cssText = value;  // no style attribute: the page's security policy forbids it
    else node.setAttribute(name, typeof value === 'string' && hides(value) ? plainly(value) : value);
  }
  for (const child of children.flat(3)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    if (typeof child === 'string' && hides(child)) node.append(...marked(child, node.namespaceURI === SVG));
    else node.append(child);
  }
  return node;
}
function marked(text, drawn) {
  if (drawn) return [plainly(text)];
  return pieces(text).map((piece) => {
    if (typeof piece === 'string') return piece;
    const mark = document.createElement('span');
    mark.className = 'hidden-character';
    mark.textContent = piece.code;
    return mark;
  });
}
export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
export const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

export const minute = (iso) => (iso ? iso.slice(0, 10) + ' ' + iso.slice(11, 16) : '');
export const seconds = (iso) => Date.parse(iso) / 1000;
// The dictionary is the caller's: web/i18n, one file a language.
let dictionary = {};
export function useWords(words) { dictionary = words; }
export const say = (key, values = {}) => (dictionary[key] === undefined ? key : dictionary[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all));
// A code of the data: the dictionary's word for it, else its own.
export const words = (code, group = '') => dictionary[group + '.' + code] ?? (code || '').replace(/_/g, ' ');
export const clip = (text, length) => (text.length > length ? text.slice(0, length - 1) + '…' : text);

// What kind of event it is for the eye: red = hidden or meeting, amber = identity, blue = the rest.
export const HEAT = {
  encounter: 'hot', dark_rendezvous: 'hot', gap: 'hot', port_call: 'hot', listed_vessel: 'hot',
  identity_change: 'warm', shared_mmsi: 'warm', identity_mismatch: 'warm', position_spoofing: 'warm', loitering: 'cool',
};

// On paper nothing can be opened: what is folded is unfolded for it, and folded again.
export function unfoldOnPaper() {
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open], .drop-menu)')];
    for (const each of folded) each.open = true;
  });
  addEventListener('afterprint', () => { for (const each of folded) each.open = false; });
}

export function sourceWords(source) {
  const file = (source.file || '').split('/').pop();
  const parts = [source.record, source.version && say('d.of', {version: source.version.slice(0, 10)}), file, source.line && say('d.line', {line: source.line})];
  return [source.dataset, ...parts].filter(Boolean).join(', ');
}

// A numbered mark on the map or the timeline: a button for the mouse and for the keyboard.
export function markOf(event, index, select, attributes, ...shapes) {
  const label = `${index + 1}. ${words(event.type, 'event')}: ${minute(event.start)} – ${minute(event.end || event.start)} UTC`;
  return s('g', {class: 'mark', tabindex: 0, role: 'button', 'aria-label': label, onclick: () => select(index),
    onkeydown: (pressed) => { if (pressed.key === 'Enter' || pressed.key === ' ') { pressed.preventDefault(); select(index); } }, ...attributes}, shapes, s('title', {}, label));
}
