// Names and AIS text are hostile: characters that hide, or turn the direction of what follows, are shown as what they are.
// Every text the page and the report draw passes through here (dom.js, src/inert.ts).
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;
const codeOf = (character) => 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');

/** True where a text holds a character no one would see. */
export function hides(text) {
  return text.search(HIDDEN) >= 0;  // search leaves no lastIndex behind, as test would
}

/** The text in pieces: plain strings, and {code: "U+202E"} where a hidden character stood. */
export function pieces(text) {
  const out = [];
  let from = 0;
  for (const found of text.matchAll(HIDDEN)) {
    if (found.index > from) out.push(text.slice(from, found.index));
    out.push({code: codeOf(found[0])});
    from = found.index + found[0].length;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

/** For places that hold one string (a tooltip, a canvas): "[U+202E]" where a hidden character stood. */
export const plainly = (text) => pieces(text).map((piece) => (typeof piece === 'string' ? piece : `[${piece.code}]`)).join('');
