import { commitmentOf } from '../register/evidence.js';
import type { Leaf } from '../register/leaf.js';
import type { OptInLeaf } from '../register/opt-in-leaf.js';
import type { LogRecord } from './events.js';
import type { Fault } from './fault.js';
import { hex, leafHash } from './hash.js';

/** What a record says when it is looked at by itself. */
export interface CheckedRecord {
  id: string;
  index: number | null;
  /** What its body hashes to, hex. */
  hash: string;
  /** What it says that its body hashes to. */
  leaf: string;
  /** The hash of its notice, if the body can be read. */
  notice?: string;
  /** The hash of its configuration, likewise. */
  config?: string;
  faults: Fault[];
}

/** Checks a record against its own hash, its columns against its body, its evidence against the commitment. */
export function checkRecord(site: string, record: LogRecord): CheckedRecord {
  const { id, index, body, leaf } = record;
  const hash = hex(leafHash(body));
  const faults: Fault[] = [];
  const at = { site, id, ...(index !== null && { index }) };
  const add = (what: Fault['what'], detail: string) => void faults.push({ what, ...at, detail });

  const said = readBody(body);
  if (hash !== leaf) add('altered', 'Its body does not have its leaf hash.');
  else if (!said) add('altered', 'Its body is no record.');
  if (said && hash === leaf) {
    const wrong = [
      said.id === id ? '' : 'id',
      said.site === site ? '' : 'site',
      said.kind === record.kind ? '' : 'kind',
      said.receivedAt === record.receivedAt ? '' : 'received_at',
    ].filter(Boolean);
    if (wrong.length > 0)
      add('altered', `It is stored under another ${wrong.join(', ')} than its body says.`);
    const fault = faultOfEvidence(said, record.evidence);
    if (fault) add('evidence', fault);
  }
  return {
    id,
    index,
    hash,
    leaf,
    ...(said && { config: said.config, ...(said.notice && { notice: said.notice.hash }) }),
    faults,
  };
}

function faultOfEvidence(
  leaf: Leaf | OptInLeaf,
  evidence: LogRecord['evidence'],
): string | undefined {
  if (evidence === undefined) return undefined;
  if (evidence === null) return 'Its evidence cannot be opened.';
  const key = Buffer.from(evidence.key, 'base64url');
  const opens =
    key.toString('base64url') === evidence.key &&
    commitmentOf(key, evidence.data) === leaf.evidence;
  return opens ? undefined : 'Its evidence does not open its commitment.';
}

/** An opt-in may stand without a notice: a withdrawal needs none. */
function readBody(body: string): Leaf | OptInLeaf | undefined {
  try {
    const leaf = JSON.parse(body) as Leaf | OptInLeaf | null;
    const hasNotice = typeof leaf?.notice?.hash === 'string';
    const needsNone = leaf?.kind === 'opt-in' && leaf.notice === undefined;
    return leaf && (hasNotice || needsNone) ? leaf : undefined;
  } catch {
    return undefined;
  }
}
