// Makes elements. Data becomes text and attributes, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An HTML element with attributes and children; attributes that are null or undefined are left out.
 * @param {string} name
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 */
export const make = (name, attributes, ...children) => dress(document.createElement(name), attributes, children);

/**
 * The same of SVG.
 * @param {string} name
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 */
export const draw = (name, attributes, ...children) => dress(document.createElementNS(SVG, name), attributes, children);

/** Gives an element attributes; those that are null or undefined are taken away. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/**
 * A path in pieces between which a line may break.
 * @param {string} path
 */
export const breakable = (path) => path.split(/(?<=\/)/).flatMap((part) => [part, make('wbr')]);

function dress(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  }
  set(element, Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith('on'))));
  element.append(...children.filter((child) => child || child === ''));
  return element;
}
