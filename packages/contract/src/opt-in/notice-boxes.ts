import { NOTICE_FORMAT } from '../notice.js';
import type { Basis } from './opt-in.js';

/**
 * The boxes that an opt-in form's canonical notice shows, as `topic/channel/controller`. None for
 * a form of another basis, whose ticks say something else, nor for a text that is no such notice.
 */
export function boxesOfNotice(text: string, basis: Basis = 'consent'): ReadonlySet<string> {
  const [format, ...lines] = text.split('\n');
  const rows = lines.map((line) => line.split('\t'));
  const isSaid = (role: string, value: string) =>
    rows.some(([name, said]) => name === role && said === value);
  if (format !== NOTICE_FORMAT || !isSaid('layer', 'opt-in') || !isSaid('basis', basis))
    return new Set();
  return new Set(rows.flatMap(([role, key]) => (role === 'box' && key ? [key] : [])));
}
