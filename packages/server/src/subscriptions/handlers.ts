import type { Handler } from '../jobs/jobs.js';
import { sendMail } from './send-mail.js';
import { sendSms } from './send-sms.js';
import type { HandlersOptions } from './tasks.js';
import { toolHandler } from './tell-tool.js';

/** A code is of use to somebody who waits for it: about eight minutes. */
const SMS_ATTEMPTS = 8;

/**
 * Does what {@link createOutgoing} put down. What has come to nothing meanwhile, such as a
 * confirmation that a withdrawal overtook, ends without a word.
 */
export function createHandlers(options: HandlersOptions): Record<string, Handler> {
  const { tools } = options;
  return {
    mail: { run: (job) => sendMail(options, job) },
    sms: { attempts: SMS_ATTEMPTS, run: (job) => sendSms(options, job) },
    ...Object.fromEntries(tools.list.map(({ id }) => [`tool/${id}`, toolHandler(options, id)])),
  };
}
