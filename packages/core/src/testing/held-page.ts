/** Where held markup is put, and what came of it. */
export interface HeldPage {
  /** What ran, in order: scripts call `ran("name")`. */
  readonly log: string[];
  /** Puts markup on the page with live scripts, as a parser or `appendChild` would. */
  insert(html: string, parent?: Element): void;
  find<Found extends Element = HTMLElement>(selector: string): Found;
  clear(): void;
}

/** A source of an external script that says its name. */
export function source(name: string): string {
  return `data:text/javascript,ran(%22${name}%22)`;
}

/** A held script that says its name. */
export function script(name: string, attributes = 'data-placet="analytics"'): string {
  return `<script type="text/plain" ${attributes}>ran("${name}")</script>`;
}

/** A held script from elsewhere that says its name. */
export function external(name: string, attributes = 'data-placet="analytics"'): string {
  return `<script type="text/plain" src='${source(name)}' ${attributes}></script>`;
}

/** Gives the tests of a `describe` a corner of the page; pass `clear` to what tidies up after each. */
export function heldPage(): HeldPage {
  const log: string[] = [];
  const corner = document.createElement('main');
  beforeEach(() => {
    Object.assign(window, { ran: (name: string) => log.push(name) });
  });
  return {
    log,
    insert(html, parent = corner) {
      if (!corner.isConnected) document.body.append(corner);
      // Unlike innerHTML, this leaves scripts able to run.
      parent.append(document.createRange().createContextualFragment(html));
    },
    find(selector) {
      return corner.querySelector(selector)!;
    },
    clear() {
      corner.replaceChildren();
      corner.remove();
      log.length = 0;
    },
  };
}

/** Keeps one script's load event from everyone until released: to the page it hangs. */
export function hang(selector: string): { release(): void } {
  const swallow = (event: Event) => {
    if ((event.target as Element).matches(selector)) event.stopImmediatePropagation();
  };
  const types = ['load', 'error'];
  for (const type of types) document.addEventListener(type, swallow, true);
  return {
    release() {
      for (const type of types) document.removeEventListener(type, swallow, true);
    },
  };
}
