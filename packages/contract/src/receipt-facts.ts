import { factsOfOptInEntry, factsOfOptInReceipt } from './receipt-opt-in-facts.js';

/** What a receipt and the register's entry both say, in the entry's words. */
interface Facts {
  id: unknown;
  controller: unknown;
  at: unknown;
  receivedAt: unknown;
  skew: unknown;
  expires: unknown;
  months: unknown;
  notice: unknown;
  hash: unknown;
  language: unknown;
  gesture: unknown;
  regime: unknown;
  site: unknown;
  granted: unknown;
  denied: unknown;
}

type Node = Readonly<Record<string, unknown>>;

/** The facts on which the receipt contradicts the register's entry. Throws if either lacks one. */
export function disagreements(receipt: Node, body: Node): string[] {
  return body['kind'] === 'opt-in'
    ? differing(factsOfOptInEntry(body), factsOfOptInReceipt(receipt))
    : differing(factsOfEntry(body), factsOfReceipt(receipt));
}

function differing<Said extends object>(kept: Said, shown: Said): string[] {
  return (Object.keys(kept) as (keyof Said & string)[]).filter(
    (name) =>
      kept[name] === undefined || JSON.stringify(shown[name]) !== JSON.stringify(kept[name]),
  );
}

function factsOfEntry(body: Node): Facts {
  const notice = body['notice'] as { version: unknown; hash: unknown };
  const gesture = body['gesture'] as { control: unknown; trusted: unknown };
  return {
    id: body['id'],
    controller: body['controller'],
    at: body['at'],
    receivedAt: body['receivedAt'],
    skew: body['skew'],
    expires: body['expires'],
    months: body['months'],
    notice: notice.version,
    hash: notice.hash,
    language: body['language'],
    gesture: [gesture.control, gesture.trusted],
    regime: body['regime'],
    site: body['site'],
    granted: sorted(body['granted'] as string[]),
    denied: sorted(body['denied'] as string[]),
  };
}

/** Reads the places of the DPV document that `@placet/server` writes them to. */
function factsOfReceipt(receipt: Node): Facts {
  const record = receipt['dpv:hasRecordOfActivity'] as Node;
  const notice = record['dpv:hasNotice'] as Node;
  const event = record['dpv:hasConsentStatus'] as Node;
  const processes = record['dpv:hasProcess'] as readonly Node[];
  const duration = event['dpv:hasDuration'] as Node;
  const entriesOf = (status: string) =>
    sorted(
      processes
        .filter((process) => process['dpv:hasConsentStatus'] === status)
        .map((process) => String((process['dpv:hasPurpose'] as Node)['dct:identifier'])),
    );
  const [granted, denied] = [entriesOf('dpv:ConsentGiven'), entriesOf('dpv:ConsentRefused')];
  if (granted.length + denied.length !== processes.length)
    throw new TypeError('A purpose is neither given nor refused');
  return {
    id: record['dct:identifier'],
    controller: (record['dpv:hasDataController'] as Node)['dpv:hasName'],
    at: event['dpv:isIndicatedAtTime'],
    receivedAt: event['placet:receivedAt'],
    skew: event['placet:skew'],
    expires: duration['placet:until'],
    months: duration['placet:months'],
    notice: notice['dct:hasVersion'],
    hash: notice['placet:sha256'],
    language: notice['dct:language'],
    gesture: [event['dpv:hasIndicationMethod'], event['placet:trusted']],
    regime: event['placet:regime'],
    site: record['placet:site'],
    granted,
    denied,
  };
}

function sorted(entries: readonly string[]): string[] {
  return [...entries].sort();
}
