'use strict';
// Small helpers. Text always enters as text: names on lists and AIS fields are hostile input.
const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  for (const child of children.flat(3)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    node.append(child);
  }
  return node;
}
const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

const minute = (iso) => (iso ? iso.slice(0, 10) + ' ' + iso.slice(11, 16) : '');
const seconds = (iso) => Date.parse(iso) / 1000;
const words = (code) => (code || '').replace(/_/g, ' ');
const clip = (text, length) => (text.length > length ? text.slice(0, length - 1) + '…' : text);

// What kind of event it is for the eye: red = hidden or meeting, amber = identity, blue = the rest.
const HEAT = {
  encounter: 'hot', dark_rendezvous: 'hot', gap: 'hot', port_call: 'hot', listed_vessel: 'hot',
  identity_change: 'warm', shared_mmsi: 'warm', identity_mismatch: 'warm', position_spoofing: 'warm', loitering: 'cool',
};

function sourceWords(source) {
  const file = (source.file || '').split('/').pop();
  const parts = [source.record, source.version && 'of ' + source.version.slice(0, 10), file, source.line && 'line ' + source.line];
  return [source.dataset, ...parts].filter(Boolean).join(', ');
}
