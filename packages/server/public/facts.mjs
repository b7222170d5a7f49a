import { REQUEST_RECEIPT } from '@placet/contract';

/**
 * What a receipt tells, line by line, in the order of what matters to the person. Anything that
 * cannot be read is left out: the checks say that it is wrong.
 *
 * @param {Record<string, any>} receipt
 * @param {typeof import('./words.mjs').WORDS.en} words
 * @param {string} language
 * @returns {{name: string, value: string | string[], link?: string}[]}
 */
export function factsOf(receipt, words, language) {
  const lines =
    receipt['@type'] === REQUEST_RECEIPT
      ? requestLines(receipt, words, language)
      : decisionLines(receipt, words, language);
  return lines.filter(({ value }) =>
    typeof value === 'string' ? value !== '' : Array.isArray(value),
  );
}

function requestLines(receipt, words, language) {
  const { type, state, scope, receivedAt, due } = receipt.request ?? {};
  const { note } = receipt.asked ?? {};
  const day = (value) => timeIn(value, language);
  return [
    { name: words.controller, value: scope?.controllers },
    { name: words.asked, value: words.requests[type] },
    { name: words.note, value: note },
    { name: words.receivedAt, value: day(receivedAt) },
    { name: words.due, value: day(due) },
    { name: words.state, value: words.states[state] },
    { name: words.copied, value: day(receipt['dct:created']) },
    { name: words.requestId, value: receipt['dct:identifier'] },
  ];
}

function decisionLines(receipt, words, language) {
  const record = receipt['dpv:hasRecordOfActivity'] ?? {};
  const controller = record['dpv:hasDataController'] ?? {};
  const event = record['dpv:hasConsentStatus'] ?? {};
  const notice = record['dpv:hasNotice'] ?? {};
  const processes = Array.isArray(record['dpv:hasProcess']) ? record['dpv:hasProcess'] : [];

  const time = (value) => timeIn(value, language);
  const entries = (status) => {
    const names = processes
      .filter((process) => process?.['dpv:hasConsentStatus'] === status)
      .map((process) => nameOf(process['dpv:hasPurpose'], process['dpv:hasRecipient'], words));
    return names.length > 0 ? names : words.nothing;
  };
  const control = event['dpv:hasIndicationMethod'];

  return [
    { name: words.controller, value: controller['dpv:hasName'] },
    { name: words.granted, value: entries('dpv:ConsentGiven') },
    { name: words.denied, value: entries('dpv:ConsentRefused') },
    { name: words.at, value: time(event['dpv:isIndicatedAtTime']) },
    { name: words.received, value: time(event['placet:receivedAt']) },
    { name: words.until, value: time(event['dpv:hasDuration']?.['placet:until']) },
    { name: words.gesture, value: words.controls[control] ?? control },
    { name: words.page, value: notice['placet:page'] },
    { name: words.notice, value: notice['dct:hasVersion'] },
    { name: words.hash, value: notice['placet:sha256'] },
    { name: words.policy, value: controller['placet:policy'] },
    {
      name: words.contact,
      value: String(controller['dpv:hasContact'] ?? '').replace('mailto:', ''),
    },
    { name: words.id, value: receipt['dct:identifier'] },
  ];
}

function timeIn(value, language) {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' };
  return `${new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, format).format(date)} (UTC)`;
}

/** `Advertising – YouTube` for `marketing/youtube`. */
function nameOf(purpose, recipients, words) {
  const [id = '', service] = String(purpose?.['dct:identifier'] ?? '').split('/');
  const name = service ? undefined : purpose?.['dct:title'];
  const label = String(name ?? words.purposes[id] ?? id);
  if (!service) return label;
  const known = Array.isArray(recipients)
    ? recipients.find((each) => each?.['dct:identifier'] === service)
    : undefined;
  return `${label} – ${String(known?.['dct:title'] ?? service)}`;
}
