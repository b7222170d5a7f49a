/** Puts an inline script before all else in a page's head: a fake clock, a spy, a missing API. */
export function withScript(page: string, script: string): string {
  const tag = `<script>${script.replaceAll('</script', '<\\/script')}</script>`;
  const head = /<head(?:\s[^>]*)?>/i.exec(page);
  if (head) return insert(page, head.index + head[0].length, tag);
  const doctype = /^\s*<!doctype[^>]*>(?:\s*<html(?:\s[^>]*)?>)?/i.exec(page);
  return insert(page, doctype ? doctype[0].length : 0, tag);
}

/**
 * Script text that moves a page's clock to the given moment and lets it run on from there.
 * Timers and `performance` keep their own time.
 */
export function fakeClock(iso: string): string {
  const start = Date.parse(iso);
  if (Number.isNaN(start)) throw new Error(`Not a date: ${iso}`);
  return `(() => {
    const Real = Date;
    const shift = ${start} - Real.now();
    const now = () => Real.now() + shift;
    globalThis.Date = new Proxy(Real, {
      construct: (target, args, self) =>
        Reflect.construct(target, args.length > 0 ? args : [now()], self),
      apply: () => new Real(now()).toString(),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    });
  })();`;
}

function insert(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}
