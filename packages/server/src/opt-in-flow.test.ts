import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { maySendResultSchema } from '@placet/contract/schema';
import { deriveKeys } from './keys.js';
import { verifyDatabase } from './log/verify.js';
import { createMailer } from './mail/create-mailer.js';
import { serve } from './node.js';
import { renderOptInForm } from './pages/opt-in-form.js';
import { createPlacetServer } from './placet-server.js';
import { describeOnBoth } from './testing/both.js';
import { formFields } from './testing/opt-in-server.js';
import { startSmtp } from './testing/smtp.js';
import { MARKETING_CONFIG } from './testing/subscriptions.js';

const KEY = 'api-key-for-tests-0123456789abcdef';
const SECRET = 'a secret of tests, long enough to be taken';

describeOnBoth('A newsletter from the form to the last message', (open) => {
  it('goes through a real mail server and real HTTP, and the log of it verifies', async () => {
    const [database, smtp] = [await open(), await startSmtp()];
    // The port is the link's: it has to be known before there is a link.
    const probe = await createPlacetServer({ config: MARKETING_CONFIG, database, secret: SECRET });
    const { port, close } = await serve(probe);
    await close();
    const publicUrl = `http://127.0.0.1:${port}`;
    const server = await createPlacetServer({
      config: MARKETING_CONFIG,
      database,
      secret: SECRET,
      publicUrl,
      mailer: createMailer(smtp.url),
      apiKeys: [createHash('sha256').update(KEY).digest('hex')],
    });
    const running = await serve(server, { port });
    try {
      const html = renderOptInForm({
        config: MARKETING_CONFIG,
        language: 'fr',
        page: `${publicUrl}/lettre`,
      });
      const { action, fields } = formFields(html);
      fields.append('choice', 'newsletter/email/default');
      fields.set('email', 'Camille.Muller@Example.org');
      fields.set('age', 'over');
      const sent = await fetch(publicUrl + action, { method: 'POST', body: fields });
      assert.equal(sent.status, 202);
      await server.jobs.idle();

      const [mail] = smtp.mails;
      assert.deepEqual(mail?.to, ['camille.muller@example.org']);
      assert.equal(mail?.parsed.headers.get('auto-submitted'), 'auto-generated');
      assert.doesNotMatch(mail?.parsed.subject ?? '', /camille/i);
      const links = [...(mail?.parsed.text ?? '').matchAll(/https?:\/\/\S+confirm\S+/g)];
      const link = links[0]?.[0] ?? '';
      assert.ok(link.startsWith(`${publicUrl}/placet/subscriptions/confirm?token=`), link);

      const asked = async () => {
        const response = await fetch(`${publicUrl}/placet/may-send`, {
          method: 'POST',
          headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            contact: 'camille.muller@example.org',
            channel: 'email',
            topic: 'newsletter',
          }),
        });
        return maySendResultSchema.parse(await response.json());
      };
      const page = await (await fetch(link)).text();
      assert.equal((await asked()).reason, 'pending');
      const button = formFields(page);
      const confirmed = await fetch(publicUrl + button.action, {
        method: 'POST',
        body: button.fields,
      });
      assert.equal(confirmed.status, 200);
      const { send, proof, unsubscribe } = await asked();
      assert.ok(send && proof !== undefined && unsubscribe);

      const oneClick = await fetch(unsubscribe.url, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        redirect: 'error',
      });
      assert.equal(oneClick.status, 200);
      assert.equal((await asked()).send, false);
      assert.equal((await fetch(link)).status, 404);
    } finally {
      await running.close();
      await smtp.close();
    }
    for await (const fault of verifyDatabase(database, deriveKeys(SECRET)))
      assert.fail(JSON.stringify(fault));
    await database.close();
  });
});
