// Reads a Chromium trace: how long the page's main thread was busy, and with what.

export const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'v8',
  'v8.execute',
];

/** What counts as script: compiling and running it. */
const SCRIPT =
  /^(EvaluateScript|FunctionCall|RunMicrotasks|v8\.(compile|compileModule|evaluateModule|produceCache))$/;

/** The probe's question makes the browser lay the page out, which is nobody's script. */
const isProbe = ({ args }) => args?.data?.functionName === 'benchLook';

/** What counts as a long task, in milliseconds: what exceeds it is blocking time. */
const LONG = 50;

/** How much of time the events cover, nested ones counted once, in milliseconds. */
function cover(events) {
  let end = 0;
  let total = 0;
  for (const { ts, dur } of events.toSorted((a, b) => a.ts - b.ts)) {
    total += Math.max(0, ts + dur - Math.max(ts, end));
    end = Math.max(end, ts + dur);
  }
  return total / 1000;
}

/**
 * @param {Uint8Array} trace
 * @returns {{script: number, blocking: number, longest: number}} in milliseconds, since the probe began
 */
export function readTrace(trace) {
  const { traceEvents } = JSON.parse(Buffer.from(trace).toString());
  const start = traceEvents.find(({ name }) => name === 'bench:start');
  const events = traceEvents.filter(
    ({ pid, tid, ts, dur }) =>
      pid === start.pid && tid === start.tid && dur && ts + dur >= start.ts,
  );
  const tasks = events.filter(({ name }) => name === 'RunTask').map(({ dur }) => dur / 1000);
  return {
    script: cover(events.filter((event) => SCRIPT.test(event.name) && !isProbe(event))),
    blocking: tasks.reduce((sum, task) => sum + Math.max(0, task - LONG), 0),
    longest: Math.max(0, ...tasks),
  };
}
