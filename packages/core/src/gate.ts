import { catchWrites, landWrites } from './document-write.js';
import { scriptPolicy } from './trusted.js';

/** Held markup: it names a purpose or service, and keeps its address or its type where the browser does not look. */
const HELD =
  ':is([data-placet],[data-placet-service]):is(script[type="text/plain"],:not(script):is([data-src],[data-srcset],[data-href]))';

/** How many held things one task opens, so that a page full of them stays responsive. */
export const SLICE = 50;

/** How long an ordered script may keep the next one waiting, in milliseconds. */
const PATIENCE = 10_000;

/** What keeps its place in line. */
const ORDERED = 'script:not([async])';

export interface GateOptions {
  /** Whether a purpose (`marketing`) or service (`marketing/youtube`, `youtube`) may run now. */
  allows(name: string): boolean;
  /** The page's CSP nonce; where there is one, only held scripts that carry it open. */
  nonce?: string | undefined;
  /** Stops the gate. */
  signal?: AbortSignal | undefined;
}

export interface Gate {
  /** What has been opened on this page, by purpose or service. */
  readonly ran: ReadonlySet<string>;
  /** Opens everything that may be opened now. */
  open(): void;
}

/** The purpose, the service, or both, that held markup waits for. */
export function nameOf({ dataset: { placet, placetService } }: HTMLElement): string {
  return [placet, placetService].filter(Boolean).join('/');
}

/**
 * A held inline script seen while the parser is still reading its text must
 * wait for the rest: text behind it shows that it is whole. An element does not,
 * since a script may append one meanwhile.
 */
function isWhole(element: HTMLElement & { src?: string }): unknown {
  return (
    document.readyState !== 'loading' || element.src || (element.nextSibling as Text | null)?.data
  );
}

/** Puts an address into its real attribute: frames, images, links. */
function openAddress(element: HTMLElement): void {
  const place = new Text();
  const { dataset } = element;
  element.replaceWith(place);
  // Put in anew, since Firefox loads a frame that the parser made from history again, allowed or not.
  // An image is filled in where nothing is fetched: WebKit asks at each address that it is given.
  if (dataset['srcset']) new Document().append(element);
  for (const attribute of ['href', 'srcset', 'src']) {
    if (dataset[attribute]) element.setAttribute(attribute, dataset[attribute]);
    delete dataset[attribute];
  }
  place.replaceWith(element);
}

/**
 * Holds scripts, frames, images and links until their purpose is allowed, then
 * opens each exactly once (design §3 "Gate").
 *
 * Scripts without `async` open in document order, each waiting for the one
 * before; everything else at once. Work is cut into slices, each its own task.
 */
export function createGate({ allows, nonce, signal }: GateOptions): Gate {
  const ran = new Set<string>();
  const writes = catchWrites();
  const queue: HTMLElement[] = [];
  /** The ordered script that the next one waits for. */
  let awaited: HTMLElement | undefined;
  let nextSlice: unknown;

  function openScript(held: HTMLScriptElement, name: string): void {
    const script = document.createElement('script');
    // Not cloned: the clone of a script that came in through `innerHTML` is as dead as that one.
    for (const each of held.attributes)
      if (each.name !== 'src') script.setAttributeNode(each.cloneNode() as Attr);
    const land = () => {
      queue.unshift(...landWrites(script, writes.get(script)!.splice(0), name));
    };
    const done = () => {
      land();
      if (awaited === script) awaited = undefined;
      run();
    };
    script.type = held.dataset['type'] ?? '';
    // Browsers hide the attribute; the property survives on the element only.
    script.nonce = held.nonce;
    const source = held.getAttribute('src');
    if (source === null) script.text = scriptPolicy().createScript(held.text);
    else {
      script.src = scriptPolicy().createScriptURL(source);
      script.addEventListener('load', done);
      script.addEventListener('error', done);
      if (script.matches(ORDERED)) {
        awaited = script;
        setTimeout(done, PATIENCE);
      }
    }
    writes.set(script, []);
    held.replaceWith(script);
    // What an inline script wrote as it ran.
    if (script.text) land();
  }

  function openOne(element: HTMLElement): void {
    const name = nameOf(element);
    if (!element.isConnected || !element.matches(HELD) || !allows(name)) return;
    if (element.localName !== 'script') openAddress(element);
    else if (!nonce || element.nonce === nonce) openScript(element as HTMLScriptElement, name);
    else return;
    ran.add(name);
  }

  function run(): void {
    if (nextSlice) return;
    for (let left = SLICE; left; left--) {
      const element = queue.find((each) => !awaited || !each.matches(ORDERED));
      if (!element) return;
      queue.splice(queue.indexOf(element), 1);
      openOne(element);
    }
    nextSlice = setTimeout(() => {
      nextSlice = 0;
      run();
    });
  }

  function open(): void {
    document.querySelectorAll<HTMLElement>(HELD).forEach((element, index, all) => {
      // What has another one behind it is whole too, wherever that stands.
      if (
        !queue.includes(element) &&
        (all[index + 1] || isWhole(element)) &&
        allows(nameOf(element))
      )
        queue.push(element);
    });
    run();
  }

  const observer = new MutationObserver(open);
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', open, { signal });
  signal?.addEventListener('abort', () => {
    queue.splice(0);
    observer.disconnect();
  });
  return { ran, open };
}
