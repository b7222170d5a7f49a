import { piece, type Html } from '../../pages/layout.js';
import type { PackageCategory, PackageRecord } from './document.js';
import type { PackageWords } from './words.js';

/** Wider tables cannot be read: their records stand one below the other. */
const MOST_COLUMNS = 12;

/** Where a category's records are shown, and which of its parts. */
export interface RecordsPlace {
  /** The id of the heading above them. */
  labelledBy: string;
  /** Which heading a record gets where it has a list of its own. */
  heading: 'h2' | 'h4';
  from?: number;
  to?: number;
}

/** The records of a category, to be read by people: a table, or a list each where it would be too wide. */
export async function* recordsHtml(
  category: PackageCategory,
  words: PackageWords,
  { labelledBy, heading, from, to }: RecordsPlace,
): AsyncGenerator<string> {
  const { fields, hasKept, labels, read } = category;
  const name = (field: string) => (Object.hasOwn(labels, field) ? labels[field]! : field);
  if (!fields || fields.length > MOST_COLUMNS) {
    for await (const records of read(from, to))
      yield records.map((each) => String(listOf(each, heading, name, words))).join('');
    return;
  }
  yield String(piece`<div class="scroll" role="region" aria-labelledby="${labelledBy}" tabindex="0">
<table>
<thead><tr><th scope="col">${words.text('entry')}</th>${fields.map(
    (field) => piece`<th scope="col">${name(field)}</th>`,
  )}${hasKept && piece`<th scope="col">${words.text('kept')}</th>`}</tr></thead>
<tbody>
`);
  for await (const records of read(from, to))
    yield records
      .map(
        (each) =>
          `${String(
            piece`<tr><th scope="row">${each.record}</th>${fields.map(
              (field) =>
                piece`<td dir="auto">${Object.hasOwn(each.fields, field) && shown(each.fields[field], words)}</td>`,
            )}${hasKept && piece`<td>${keptText(each, words)}</td>`}</tr>`,
          )}\n`,
      )
      .join('');
  yield '</tbody>\n</table>\n</div>\n';
}

function listOf(
  record: PackageRecord,
  heading: RecordsPlace['heading'],
  name: (field: string) => string,
  words: PackageWords,
): Html {
  const kept = keptText(record, words);
  return piece`<${heading}>${record.record}</${heading}>
<dl>
${Object.entries(record.fields).map(
  ([field, value]) => piece`<dt>${name(field)}</dt><dd dir="auto">${shown(value, words)}</dd>\n`,
)}${kept !== '' && piece`<dt>${words.text('kept')}</dt><dd>${kept}</dd>\n`}</dl>
`;
}

function keptText({ kept }: PackageRecord, words: PackageWords): string {
  return kept ? words.text('keptUntil', { ground: kept.ground, until: words.day(kept.until) }) : '';
}

/** A value in words. */
function shown(value: string | number | boolean | null | undefined, words: PackageWords): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'boolean' ? words.text(value ? 'yes' : 'no') : String(value);
}
