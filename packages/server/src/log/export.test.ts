import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { deriveKeys } from '../keys.js';
import { MODEL_KEYS, eventsOf, modelLog } from '../testing/model-log.js';
import { formatLine, parseExport } from './export.js';
import type { Fault } from './fault.js';
import { verifyExport } from './verify.js';

const keys = [MODEL_KEYS.signing.jwk];
const exported = (log = modelLog([3, 5, 2, 4], 3)) =>
  [...eventsOf(log)].map((event) => formatLine(event, { evidence: true }));

async function faultsOf(
  lines: readonly string[],
  witness: readonly string[] = [],
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for await (const fault of verifyExport(lines, { keys, witness })) faults.push(fault);
  return faults;
}

/** What a fault may name to be about a line. */
function isAbout(fault: Fault, text: string, number: number): boolean {
  const line = JSON.parse(text) as Record<string, unknown>;
  const { id, index, size, hash, type, leaves } = line;
  const within = (from: number, to: number) =>
    (fault.from ?? fault.index ?? Infinity) < to && (fault.to ?? (fault.index ?? -1) + 1) > from;
  if (fault.line === number) return true;
  if (type === 'record')
    return (
      fault.id === id ||
      (typeof index === 'number' ? within(index, index + 1) : fault.what === 'truncated')
    );
  if (type === 'checkpoint') return within(Number(size) - String(leaves).length / 64, Number(size));
  if (type === 'notice') return fault.notice === hash;
  if (type === 'config') return fault.config === hash;
  if (type === 'end') return fault.what === 'truncated' || fault.what === 'unreadable';
  return true;
}

/** A record whose id was changed is named by the id that it now has. */
const isNamedIn = ({ id }: Fault, line: string) =>
  id !== undefined && line.includes(JSON.stringify(id));

const numbers = fc.infiniteStream(fc.nat());

describe('export of the log (G-03, 002-25)', () => {
  it('is read back as it was written, and verifies', async () => {
    const log = modelLog([3, 300, 1], 2);
    const lines = exported(log);
    assert.deepEqual(await faultsOf(lines), []);
    const events = [];
    for await (const event of parseExport(lines)) events.push(event);
    assert.deepEqual(
      events.map((event) => formatLine(event as never, { evidence: true })),
      lines,
    );
    const seen: object[] = [];
    for await (const fault of verifyExport(lines, { counted: (count) => seen.push(count) }))
      assert.fail(fault.detail);
    assert.deepEqual(seen, [{ sites: 1, records: 306, checkpoints: 3 }]);
  });

  it('leaves out what tells whose decisions they are, and verifies all the same', async () => {
    const lines = [...eventsOf(modelLog([3], 1))].map((event) => formatLine(event));
    assert.ok(lines.every((line) => !/"evidence":\{|soins/.test(line)));
    assert.deepEqual(await faultsOf(lines), []);
  });

  it('shows where a line is gone', async () => {
    const lines = exported();
    for (const [at, line] of lines.entries()) {
      const faults = await faultsOf([...lines.slice(0, at), ...lines.slice(at + 1)]);
      assert.ok(
        faults.some((fault) => isAbout(fault, line, at + 1)),
        line,
      );
    }
  });

  it('shows where a line is there twice', async () => {
    const lines = exported();
    for (const [at, line] of lines.entries()) {
      const faults = await faultsOf([...lines.slice(0, at), line, ...lines.slice(at)]);
      assert.ok(
        faults.some((fault) => isAbout(fault, line, at + 1)),
        line,
      );
    }
  });

  it('shows where two lines changed places', async () => {
    const lines = exported();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (one, other) => {
        const [first, second] = [one % lines.length, other % lines.length].sort((a, b) => a - b);
        if (first === second) return;
        const swapped = [...lines];
        [swapped[first!], swapped[second!]] = [lines[second!]!, lines[first!]!];
        const faults = await faultsOf(swapped);
        assert.ok(
          faults.some(
            (fault) =>
              isAbout(fault, lines[first!]!, second! + 1) ||
              isAbout(fault, lines[second!]!, first! + 1),
          ),
          JSON.stringify({ first, second, faults }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('shows where anything that a line says was changed', async () => {
    const lines = exported();
    await fc.assert(
      fc.asyncProperty(fc.nat(), numbers, async (which, stream) => {
        const at = which % lines.length;
        const line = lines[at]!;
        const cut = stream.next().value % line.length;
        const character = 'aZ09 "\\{}'[stream.next().value % 9]!;
        const changed = line.slice(0, cut) + character + line.slice(cut + 1);
        if (changed === line) return;
        const altered = lines.map((each, place) => (place === at ? changed : each));
        const faults = await faultsOf(altered);
        assert.ok(
          faults.some((fault) => isAbout(fault, line, at + 1) || isNamedIn(fault, changed)),
          JSON.stringify({ line, changed, faults }),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('shows that it was cut off', async () => {
    const lines = exported();
    for (let kept = 1; kept < lines.length; kept += 1)
      assert.notDeepEqual(await faultsOf(lines.slice(0, kept)), [], `${kept} lines`);
  });

  it('shows by what a witness kept that it was cut off and its end written anew', async () => {
    const log = modelLog([3, 4]);
    const witness = [log.checkpoints[1]!.note];
    assert.deepEqual(await faultsOf(exported(log), witness), []);
    const [first] = log.checkpoints;
    const cut = { ...log, checkpoints: [first!], records: log.records.slice(0, 3) };
    assert.deepEqual(await faultsOf(exported(cut)), [], 'nothing else can tell');
    const [fault, ...rest] = await faultsOf(exported(cut), witness);
    assert.deepEqual(rest, []);
    assert.deepEqual([fault?.what, fault?.from, fault?.to], ['truncated', 3, 7]);
  });

  it('does not take the word of an export for who signed it', async () => {
    const trusted = [deriveKeys('another secret').signing.jwk];
    const faults: Fault[] = [];
    for await (const fault of verifyExport(exported(), { keys: trusted })) faults.push(fault);
    assert.ok(faults.length > 4);
    assert.match(faults[0]!.detail, /keys that are not its own/);
  });

  it('reads on behind lines that are none', async () => {
    const faults = await faultsOf(['', '[]', '{"type":"record"}', 'x', ...exported()]);
    assert.deepEqual(
      faults.map(({ what, line }) => [what, line]),
      [2, 3, 4].map((line) => ['unreadable', line]),
    );
  });
});
