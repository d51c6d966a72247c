/**
 * Builds DOM elements in the shape in which they will stand.
 */

export interface IAttributes {
  /** Called on click. */
  onClick?: (event: MouseEvent) => void;
  class?: string;
  [name: string]:
    | string
    | number
    | boolean
    | null
    | undefined
    | ((event: MouseEvent) => void);
}

type Child = Node | string | null | undefined | false;

/**
 * An element with these attributes and children. Attributes that are `undefined`, `null` or `false` are
 * left out, `true` makes an empty one. Text is always text, never markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: IAttributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  const { onClick, ...others } = attributes;
  if (onClick) {
    node.addEventListener('click', event => onClick(event as MouseEvent));
  }
  for (const [key, value] of Object.entries(others)) {
    if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(key, value === true ? '' : String(value));
    }
  }
  node.append(
    ...children.filter((child): child is Node | string => Boolean(child))
  );
  return node;
}

/** A button that looks like one of JupyterLab's own. */
export function button(
  label: string | readonly Child[],
  attributes: IAttributes = {}
): HTMLButtonElement {
  const { class: more = '', ...others } = attributes;
  return element(
    'button',
    {
      type: 'button',
      class: `jh-Button ${more}`.trim(),
      ...others
    },
    ...(typeof label === 'string' ? [label] : label)
  );
}
