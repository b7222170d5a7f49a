import { controllersOf, type Controller } from '@placet/contract';
import { GiveUp, type Job } from '../jobs/jobs.js';
import { isRefused } from '../mail/create-mailer.js';
import type { WrittenLetter } from '../mail/letter.js';
import { confirmationLetter, lateToolLetter, linkLetter, sendersOf } from '../mail/letters.js';
import { mailOf } from '../mail/mail-of.js';
import { mailboxOf } from '../mail/mailbox.js';
import type { Mailer } from '../mail/mailer.js';
import type { HandlersOptions, MailTask } from './tasks.js';

/** Does a job of the queue `mail`. */
export async function sendMail(options: HandlersOptions, { site, payload }: Job): Promise<void> {
  const { service, mailer, links, sites } = options;
  const task = payload as MailTask;
  const config = sites.get(site);
  if (!mailer || !config) throw new GiveUp('There is no mailer, or no such site.');
  if (task.task === 'late-tool') {
    const to = mailboxOf(config.controller.contact);
    if (to === undefined) return;
    const { tool, waiting, since } = task;
    const late = { language: config.language ?? 'en', tool, site, waiting, since: new Date(since) };
    return send(mailer, to, lateToolLetter(late), [config.controller]);
  }
  if (!links) throw new GiveUp('There is no public address to link to.');
  if (task.task === 'link') {
    const issued = await service().issueLink(site, task.contact);
    if (!issued) return;
    const { address, token, language, expires } = issued;
    const link = links.manage(site, token);
    const letter = linkLetter({ config, language, link, expires });
    return send(mailer, address, letter, controllersOf(config));
  }
  const issued = await service().issue(site, task.record, task.contact);
  if (issued?.token === undefined) return;
  const { address, token, language, choices, isGuardian, expires } = issued;
  const link = links.confirm(token);
  const letter = confirmationLetter({ config, language, choices, isGuardian, link, expires });
  return send(mailer, address, letter, sendersOf(config, choices));
}

async function send(
  mailer: Mailer,
  to: string,
  letter: WrittenLetter,
  controllers: readonly Controller[],
): Promise<void> {
  try {
    await mailer.send(mailOf(letter, to, controllers));
  } catch (cause) {
    throw isRefused(cause) ? new GiveUp('The address does not take mail.', { cause }) : cause;
  }
}
