import { localText } from '@placet/contract';
import { sayTransfer } from '../../systems/say-particulars.js';
import { scopeOf, sitesOf, type RightsParts } from '../parts.js';
import { recipientsOf } from '../recipients/notice.js';
import type { RequestRow } from '../requests/row.js';
import type { PackageAbout } from './document.js';
import type { PackageWords } from './words.js';

/** What the law wants said with a copy of the data, besides what each category says (GDPR art. 15(1, 2); ). */
export function aboutOf(parts: RightsParts, row: RequestRow, words: PackageWords): PackageAbout {
  const concerned = sitesOf(parts, row.site);
  const recipients = concerned.flatMap((site) => recipientsOf(parts, site));
  const transfers = [...new Set(recipients)].flatMap(({ name: recipient, transfer }) =>
    transfer
      ? [{ recipient, ...sayTransfer(transfer, (text) => localText(text, words.language) ?? '') }]
      : [],
  );
  return {
    request: { id: row.id, type: row.type, receivedAt: row.received_at.toISOString() },
    preparedAt: (row.closed_at ?? parts.now()).toISOString(),
    language: words.language,
    scope: scopeOf(parts, row.site).kind,
    controllers: concerned.flatMap((site) => {
      const config = parts.sites.get(site);
      if (!config) return [];
      const { name, contact, privacyUrl } = config.controller;
      const { dpo, authority } = config.rights ?? {};
      return [
        {
          name,
          ...(contact !== undefined && { contact }),
          ...(dpo !== undefined && { dpo }),
          privacyUrl: wholeUrl(privacyUrl, parts.publicUrl),
          ...(authority && { authority }),
        },
      ];
    }),
    recipients: [...new Set(recipients.map(({ name }) => name))],
    ...(transfers.length > 0 && { transfers }),
    rights: words.text('rights'),
    complaint: words.text('complaint'),
  };
}

/** The file is read far from the site: a path alone leads nowhere there. */
function wholeUrl(url: string, base: string | undefined): string {
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : url;
}
