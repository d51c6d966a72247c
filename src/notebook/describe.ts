/**
 * Describes a cell to those who listen. Core writes `aria-label`, so what is said goes into the
 * description, beside what others put there.
 */

/** Names the element with this id as one that describes the node, in the place of a former one. */
export function describe(
  node: HTMLElement,
  id: string | null,
  former: string | null = id
): void {
  const ids = new Set(
    (node.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean)
  );
  if (former) {
    ids.delete(former);
  }
  if (id) {
    ids.add(id);
  }
  if (ids.size > 0) {
    node.setAttribute('aria-describedby', [...ids].join(' '));
  } else {
    node.removeAttribute('aria-describedby');
  }
}
