import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Minutes that a message may be old. */
const FRESH = 5;

/**
 * @typedef {object} News
 * @property {string} id
 * @property {string} type `subscription.granted` or `subscription.withdrawn`
 * @property {string} at
 * @property {string} contact
 * @property {{topic: string, channel: string, controller: string}[]} choices
 */

/**
 * Plays the salon's mailing tool: takes Placet's signed webhooks, and remembers what it was told.
 *
 * @param {{url: string, now?: () => Date}} options `url`: where it is reached
 */
export function createTool({ url, now = () => new Date() }) {
  const key = randomBytes(32);
  /** @type {News[]} */
  const news = [];
  return {
    news,
    /** For `tools` of `createPlacetServer`. */
    settings: { id: 'lettres', url, secret: `whsec_${key.toString('base64')}` },
    /**
     * @param {Record<string, string | string[] | undefined>} headers
     * @param {string} body
     * @returns {number} the status to answer with
     */
    take(headers, body) {
      if (!isGenuine(headers, body, key, now())) return 401;
      const { type, id, timestamp, data } = JSON.parse(body);
      // What was told twice counts once.
      if (news.some((each) => each.id === id)) return 204;
      const { email, phone } = data.contact;
      news.unshift({ id, type, at: timestamp, contact: email ?? phone, choices: data.choices });
      return 204;
    },
  };
}

/** As the Standard Webhooks specification has it: HMAC-SHA-256 of id, time and body. */
function isGenuine(headers, body, key, now) {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  if (!(Math.abs(now.getTime() / 1000 - Number(timestamp)) <= FRESH * 60)) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
