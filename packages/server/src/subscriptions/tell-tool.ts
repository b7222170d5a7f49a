import type { Handler } from '../jobs/jobs.js';
import { errorName } from '../log/entry.js';
import { mailboxOf } from '../mail/mailbox.js';
import type { LateTool } from '../tools/tools.js';
import type { HandlersOptions, MailTask, ToolTask } from './tasks.js';

/** About a month: a withdrawal that a tool never hears of is one that it does not keep (001-39). */
const ATTEMPTS = 900;

/** Does the jobs of one tool's queue. */
export function toolHandler(options: HandlersOptions, tool: string): Handler {
  const { tools, log = () => {} } = options;
  return {
    attempts: ATTEMPTS,
    async run({ site, payload }) {
      const { event } = payload as ToolTask;
      try {
        await tools.deliver(site, tool, event);
      } catch (cause) {
        await alert(options, site, tool).catch((error: unknown) => {
          log({ level: 'error', event: 'tool/no-alert', site, tool, cause: errorName(error) });
        });
        throw cause;
      }
    },
  };
}

/** Tells the owner of a tool that stays behind: a line of the log, and a mail where there is a mailbox (001-37). */
async function alert(options: HandlersOptions, site: string, tool: string): Promise<void> {
  const { jobs, mailer, sites, tools, log = () => {} } = options;
  const hasMailbox = mailboxOf(sites.get(site)?.controller.contact) !== undefined;
  let noticed: LateTool | undefined;
  await tools.noticeLate(site, tool, async (transaction, late) => {
    noticed = late;
    if (!mailer || !hasMailbox) return;
    const since = late.since.toISOString();
    const payload: MailTask = { task: 'late-tool', tool, waiting: late.waiting, since };
    await jobs().add(transaction, { site, queue: 'mail', payload, dedupe: `late-tool/${tool}` });
  });
  if (!noticed) return;
  const { waiting, since } = noticed;
  log({ level: 'error', event: 'tool/late', site, tool, waiting, since: since.toISOString() });
  jobs().wake();
}
