// Every element the page draws passes here: hidden and direction-changing characters in its text become visible marks
// (shared/visible.js). Preact sets text as text, so markup in the data is inert already. Import this before any view.
import {h, options, type VNode} from 'preact';
import {hides, pieces, plainly} from '../shared/visible.js';

const SHOWN = ['title', 'aria-label', 'alt', 'placeholder'];
const before = options.vnode;
const mark = (code: string) => h('span', {class: 'hidden-character', title: code}, code);
const shown = (child: unknown): unknown => {
  if (typeof child === 'string') return hides(child) ? pieces(child).map((piece: string | {code: string}) => (typeof piece === 'string' ? piece : mark(piece.code))) : child;
  return Array.isArray(child) ? child.map(shown) : child;
};
options.vnode = (vnode: VNode) => {
  if (typeof vnode.type === 'string') {
    const props = vnode.props as Record<string, unknown>;
    const {children} = props;
    if (vnode.type === 'option' || vnode.type === 'title') {
      if (typeof children === 'string' && hides(children)) props.children = plainly(children);
    } else if (children !== undefined && children !== null && vnode.type !== 'textarea') {
      const next = shown(children);
      if (next !== children) props.children = next;
    }
    for (const name of SHOWN) {
      const value = props[name];
      if (typeof value === 'string' && hides(value)) props[name] = plainly(value);
    }
  }
  before?.(vnode);
};
