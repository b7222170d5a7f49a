import type { AutomatedDecision, LocalText, Transfer } from '@placet/contract';
import type { Particulars } from './system.js';

/** As people are told it. */
export interface SaidParticulars {
  transfers?: Transfer[];
  automated?: AutomatedDecision | false;
}

/** Puts into one language what is said of a kind of data; nothing where its owner said nothing. */
export function sayParticulars(
  { transfers, automated }: Particulars,
  say: (text: LocalText) => string,
): SaidParticulars {
  return {
    ...(transfers && { transfers: transfers.map((each) => sayTransfer(each, say)) }),
    ...(automated !== undefined && {
      automated: automated && {
        logic: say(automated.logic),
        significance: say(automated.significance),
        consequences: say(automated.consequences),
      },
    }),
  };
}

/** The same of one country. */
export function sayTransfer(
  { country, safeguard }: Transfer<LocalText>,
  say: (text: LocalText) => string,
): Transfer {
  return { country: say(country), safeguard: say(safeguard) };
}
