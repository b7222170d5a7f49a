type Node = Readonly<Record<string, unknown>>;

/** What the receipt of an opt-in, a withdrawal or an import and the register's entry both say. */
interface OptInFacts {
  id: unknown;
  site: unknown;
  /** By id, in order. */
  controllers: unknown;
  act: unknown;
  how: unknown;
  at: unknown;
  receivedAt: unknown;
  skew: unknown;
  /** `newsletter/email/default yes`, in order. */
  choices: unknown;
  basis: unknown;
  /** What not every entry says. */
  others: Node;
}

/** The facts of an entry of kind `opt-in`. */
export function factsOfOptInEntry(body: Node): OptInFacts {
  const choices = body['choices'] as readonly Node[];
  const { version, hash } = (body['notice'] ?? {}) as Node;
  const { control, trusted } = (body['gesture'] ?? {}) as Node;
  return {
    id: body['id'],
    site: body['site'],
    controllers: Object.entries(body['controllers'] as Node).sort(byKey),
    act: body['act'],
    how: body['how'],
    at: body['at'],
    receivedAt: body['receivedAt'],
    skew: body['skew'],
    choices: choices
      .map(
        ({ topic, channel, controller, granted }) =>
          `${String(topic)}/${String(channel)}/${String(controller)} ${granted === true ? 'yes' : 'no'}`,
      )
      .sort(),
    basis: body['basis'] ?? 'consent',
    others: {
      follows: body['follows'],
      conditions: body['conditions'],
      age: body['age'],
      frequency: body['frequency'],
      pausedUntil: body['pausedUntil'],
      version,
      hash,
      language: hash === undefined ? undefined : body['language'],
      control,
      trusted,
    },
  };
}

const STATUS: Readonly<Record<string, string>> = {
  'dpv:ConsentGiven': 'yes',
  'dpv:ConsentRefused': 'no',
  'dpv:ConsentWithdrawn': 'no',
};

/** Reads the same from the places of the DPV document that `@placet/server` writes them to. */
export function factsOfOptInReceipt(receipt: Node): OptInFacts {
  const record = receipt['dpv:hasRecordOfActivity'] as Node;
  const event = record['dpv:hasConsentStatus'] as Node;
  const processes = record['dpv:hasProcess'] as readonly Node[];
  const controllers = record['dpv:hasDataController'] as readonly Node[];
  const notice = (record['dpv:hasNotice'] ?? {}) as Node;
  const follows = record['placet:follows'];
  return {
    id: record['dct:identifier'],
    site: record['placet:site'],
    controllers: controllers
      .map((each): [string, unknown] => [String(each['dct:identifier']), each['dpv:hasName']])
      .sort(byKey),
    act: event['placet:act'],
    how: event['dpv:hasIndicationMethod'],
    at: event['dpv:isIndicatedAtTime'],
    receivedAt: event['placet:receivedAt'],
    skew: event['placet:skew'],
    choices: processes
      .map((process) => {
        const { 'dct:identifier': choice } = process['dpv:hasPurpose'] as Node;
        return `${String(choice)} ${STATUS[String(process['dpv:hasConsentStatus'])]}`;
      })
      .sort(),
    basis: event['placet:basis'],
    others: {
      follows: follows === undefined ? undefined : String(follows).replace(/^urn:uuid:/, ''),
      conditions: event['placet:conditions'],
      age: event['placet:age'],
      frequency: event['placet:frequency'],
      pausedUntil: event['placet:pausedUntil'],
      version: notice['dct:hasVersion'],
      hash: notice['placet:sha256'],
      language: notice['dct:language'],
      control: event['placet:control'],
      trusted: event['placet:trusted'],
    },
  };
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
