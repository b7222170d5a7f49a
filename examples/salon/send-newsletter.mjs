/**
 * @typedef {object} Sending
 * @property {string} contact
 * @property {boolean} isSent
 * @property {string} reason as `POST /may-send` answers it
 */

/**
 * Sends one letter to everybody who wants it. Placet is asked for each person at the moment of
 * sending, not when the list was made: who withdrew a second ago is spared (001-39).
 *
 * @param {object} options
 * @param {(path: string, init: RequestInit) => Promise<Response>} options.call the backend, by a path under its endpoint
 * @param {string} options.apiKey
 * @param {{send(mail: import('@placet/server').Mail): Promise<void>}} options.mailer the salon's own, here the same mail server
 * @param {Iterable<string>} options.contacts e-mail addresses, from wherever the salon keeps them
 * @param {{from: string, topic: string, subject: string, text: string}} options.letter
 * @returns {Promise<Sending[]>}
 */
export async function sendNewsletter({ call, apiKey, mailer, contacts, letter }) {
  const outcomes = [];
  for (const contact of new Set(contacts)) {
    const response = await call('/may-send', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ contact, channel: 'email', topic: letter.topic, sending: true }),
    });
    const { send: maySend, reason, code, unsubscribe } = await response.json();
    if (maySend) {
      const { headers, text, html } = unsubscribe;
      await mailer.send({
        to: contact,
        fromName: letter.from,
        subject: letter.subject,
        text: `${letter.text}\n\n${text}`,
        html: `<!doctype html><title>${letter.subject}</title><p>${letter.text}</p>${html}`,
        headers,
      });
    }
    outcomes.push({ contact, isSent: maySend === true, reason: reason ?? code });
  }
  return outcomes;
}
