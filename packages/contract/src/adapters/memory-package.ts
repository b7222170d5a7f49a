import type { Holding, PackageFormat } from '../rights/request.js';

/** What is held, as a file. A zip is for servers. */
export function packageOf(holdings: readonly Holding[], format: PackageFormat): Blob {
  return format === 'csv'
    ? new Blob([csvOf(holdings)], { type: 'text/csv' })
    : new Blob([JSON.stringify({ holdings }, undefined, 2)], { type: 'application/json' });
}

function csvOf(holdings: readonly Holding[]): string {
  const rows = holdings.flatMap(({ system, categories }) =>
    categories.flatMap(({ category, records }) =>
      records.flatMap(({ record, fields }) =>
        fields.map(({ field, value }) => [system, category, record, field, value ?? '']),
      ),
    ),
  );
  const all = [['system', 'category', 'record', 'field', 'value'], ...rows];
  return all.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Quoted; what a spreadsheet would take for a formula begins with an apostrophe. */
function cell(text: string): string {
  return `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
}
