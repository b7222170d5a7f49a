// What watches from inside the page. It runs before the page's own scripts, the same for every subject.

/**
 * Writes the in-page half: layout shift, the click that answers, and the frame in which the
 * banner is first there to be seen.
 *
 * The browser tells no page when something inside a shadow root was painted. So each frame asks
 * whether the banner's box is visible (in the layout, not `visibility: hidden`, opacity above
 * zero), and in the first frame where it is, a one-letter witness is added to the page: both are
 * painted together, and Element Timing gives the witness's presentation time, on the same clock
 * as first contentful paint.
 *
 * @param {string} [banner] a script expression that finds the box
 */
export function probe(banner) {
  return `if (window === top) {
  const bench = (window.bench = { painted: 0, shift: 0, clicked: 0 });
  performance.mark('bench:start');
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) bench.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    bench.painted ||= list.getEntries()[0].renderTime;
  }).observe({ type: 'element', buffered: true });
  addEventListener('click', (event) => { bench.clicked = event.timeStamp; }, true);
  const benchLook = () => {
    const box = ${banner};
    const isSeen = box?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!isSeen || !box.getBoundingClientRect().height) return requestAnimationFrame(benchLook);
    const witness = document.createElement('p');
    witness.setAttribute('elementtiming', 'bench');
    witness.style.cssText = 'position:fixed;top:0;left:0;margin:0;font-size:8px';
    witness.textContent = '.';
    document.documentElement.append(witness);
  };
  ${banner ? 'requestAnimationFrame(benchLook);' : ''}
}`;
}

/** A script expression: whether the page has left the mark. */
export const hasMark = (name) => `performance.getEntriesByName('bench:${name}').length > 0`;

/** Resolves when nothing more was loaded for half a second and the page has time; runs in the page. */
export async function settle() {
  const count = () => performance.getEntriesByType('resource').length;
  let before;
  do {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 500));
  } while (count() > before);
  await new Promise((resolve) => requestIdleCallback(resolve));
}

/** Reads what the probe and the browser know; runs in the page. */
export function readProbe() {
  const mark = (name) => performance.getEntriesByName(name)[0]?.startTime;
  const [visit] = performance.getEntriesByType('navigation');
  const own = performance
    .getEntriesByType('resource')
    .filter(({ name }) => !/\/(page\.css|tag\.js|frame\.html)$/.test(name));
  return {
    ...window.bench,
    fcp: mark('first-contentful-paint'),
    tag: mark('bench:tag'),
    released: mark('bench:released'),
    requests: own.length,
    bytes: own.reduce((sum, entry) => sum + entry.encodedBodySize, visit.encodedBodySize),
  };
}
