import type { Jobs } from '../jobs/jobs.js';
import type { Tools } from '../tools/tools.js';
import type { MailTask, SmsTask, ToolTask } from './tasks.js';
import type { Outgoing } from './outgoing.js';

/** Puts down what subscriptions ask to be sent, as jobs in the caller's transaction. */
export function createOutgoing({ jobs, tools }: { jobs: Jobs; tools: Tools }): Outgoing {
  const queueOf = (kind: 'email' | 'phone') => (kind === 'email' ? 'mail' : 'sms');
  return {
    async confirmation(transaction, { site, record, contact, kind }) {
      const payload: MailTask & SmsTask = { task: 'confirmation', record, contact };
      const dedupe = `confirmation/${record}/${contact}`;
      await jobs.add(transaction, { site, queue: queueOf(kind), payload, dedupe });
    },
    async link(transaction, { site, contact, kind }) {
      const payload: MailTask & SmsTask = { task: 'link', contact };
      await jobs.add(transaction, {
        site,
        queue: queueOf(kind),
        payload,
        dedupe: `link/${contact}`,
      });
    },
    async news(transaction, news) {
      for (const { tool, event } of await tools.note(transaction, news)) {
        const payload: ToolTask = { event };
        await jobs.add(transaction, { site: news.site, queue: `tool/${tool}`, payload });
      }
    },
    wake: () => jobs.wake(),
  };
}
