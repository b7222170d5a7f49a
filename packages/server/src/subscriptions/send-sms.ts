import { GiveUp, type Job } from '../jobs/jobs.js';
import { namesOf, sendersOf } from '../mail/letters.js';
import { codeSms, confirmSms, linkSms } from '../sms/texts.js';
import type { HandlersOptions, SmsTask } from './tasks.js';

/** Does a job of the queue `sms`. */
export async function sendSms(options: HandlersOptions, { site, payload }: Job): Promise<void> {
  const { service, sms, links, sites } = options;
  const task = payload as SmsTask;
  const config = sites.get(site);
  if (!sms || !config) throw new GiveUp('There is no SMS sender, or no such site.');
  if (task.task === 'link') {
    if (!links) throw new GiveUp('There is no public address to link to.');
    const issued = await service().issueLink(site, task.contact);
    if (!issued) return;
    const { address, token, language } = issued;
    const link = links.manage(site, token);
    await sms.send({ to: address, text: linkSms(language, config.controller.name, link) });
    return;
  }
  const issued = await service().issue(site, task.record, task.contact);
  if (!issued) return;
  const { address, code, token, language, choices } = issued;
  const sender = namesOf(sendersOf(config, choices));
  if (code !== undefined) return sms.send({ to: address, text: codeSms(language, sender, code) });
  if (!links) throw new GiveUp('There is no public address to link to.');
  await sms.send({ to: address, text: confirmSms(language, sender, links.confirm(token!)) });
}
