import type { PageFunction, Target } from './types.js';

/** Wraps a function and its arguments into an expression whose value is a promise of JSON text. */
export function expressionOf<A extends unknown[], R>(fn: PageFunction<A, R>, args: A): string {
  const call =
    typeof fn === 'string'
      ? `(${fn})`
      : `(${String(fn)})(${args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(',')})`;
  // esbuild marks nested functions with a helper of its own that pages do not have.
  return `(async () => { const __name = (f) => f; return JSON.stringify({ value: await ${call} }); })()`;
}

export function valueOf<R>(json: string): R {
  return (JSON.parse(json) as { value: R }).value;
}

/** Where a target stands, or why it cannot be used yet. */
export type Spot = { readonly x: number; readonly y: number } | { readonly problem: string };

/**
 * Runs in the page: finds a target through shadow roots, scrolls to it and says where its middle is
 * in the viewport. Anything in the way is a problem, as it is for a person.
 */
export function locate(target: Target, mustBeHit: boolean): Spot {
  let scope: ParentNode = document;
  let element: Element | null = null;
  for (const step of target.split('>>>')) {
    if (element) {
      if (!element.shadowRoot) return { problem: `<${element.localName}> has no open shadow root` };
      scope = element.shadowRoot;
    }
    element = scope.querySelector(step.trim());
    if (!element) return { problem: `nothing matches "${step.trim()}"` };
  }
  if (!element) return { problem: 'empty target' };
  if (!element.checkVisibility({ visibilityProperty: true })) return { problem: 'not visible' };
  const inView = (box: DOMRect): boolean =>
    box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
  // What is in the viewport may still be scrolled away inside a box of its own.
  const block = inView(element.getBoundingClientRect()) ? 'nearest' : 'center';
  element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
  // The first line of a wrapped link, not the middle of its box, is sure to be part of it.
  const box = element.getClientRects()[0];
  if (!box || box.width === 0 || box.height === 0) return { problem: 'has no size' };
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  if (!mustBeHit) return { x, y };
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const deeper: Element | null = hit.shadowRoot.elementFromPoint(x, y);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  // Slotted and shadow content belong to the target: walk up through the hosts.
  for (let node: Node | null = hit; node;) {
    if (node === element) return { x, y };
    if (node instanceof HTMLLabelElement && node.control === element) return { x, y };
    node = node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode;
  }
  return { problem: hit ? `covered by <${hit.localName} class="${hit.className}">` : 'off screen' };
}

/** Runs in the page: marks the present document, so that the next one can be told apart. */
export function markDocument(mark: string): string {
  Object.defineProperty(window, Symbol.for('driver.mark'), { value: mark, configurable: true });
  return location.href;
}

/** Runs in the page. A page from the back/forward cache carries an older mark. */
export function documentState(): { mark: string | undefined; href: string; state: string } {
  const marked = window as unknown as Record<symbol, string | undefined>;
  return {
    mark: marked[Symbol.for('driver.mark')],
    href: location.href,
    state: document.readyState,
  };
}
