import { isNecessary, type SiteConfig } from './config.js';
import { NOTICE_FORMAT } from './notice.js';

/**
 * Every entry that a decision on this configuration can have: each purpose that
 * is asked, and each of its services as `purpose/service` (G-14).
 */
export function knownEntries({ purposes }: Pick<SiteConfig, 'purposes'>): ReadonlySet<string> {
  return new Set(
    purposes
      .filter((purpose) => !isNecessary(purpose))
      .flatMap(({ id, services = [] }) => [id, ...services.map((each) => `${id}/${each.id}`)]),
  );
}

/**
 * Every entry that a canonical notice names, so that a decision on an older
 * version can be registered for what was asked then. Empty for a text that is no
 * canonical notice. What was strictly necessary cannot be told apart in the text,
 * except for `necessary` itself.
 */
export function entriesOfNotice(text: string): ReadonlySet<string> {
  const [format, ...lines] = text.split('\n');
  const entries = new Set<string>();
  let purpose = '';
  for (const line of format === NOTICE_FORMAT ? lines : []) {
    const [role, id = ''] = line.split('\t');
    if (role === 'purpose') entries.add((purpose = id));
    else if (role === 'service' && purpose) entries.add(`${purpose}/${id}`);
  }
  for (const entry of entries) if (/^(necessary)?(\/|$)/.test(entry)) entries.delete(entry);
  return entries;
}
