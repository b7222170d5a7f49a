import { WORDS } from './words.mjs';

/** The privacy page's cookie tables, written from the same config that the banner shows. */
export function cookieTables(config, language) {
  return config.purposes.map((purpose) => cookieTable(purpose, language)).join('\n');
}

/** The roles look redundant, but a phone shows rows as blocks, and a table then stops being one. */
function cookieTable(purpose, language) {
  const { purpose: names, table, noCookie } = WORDS[language];
  const headings = Object.values(table).map(
    (heading) => `<th scope="col" role="columnheader">${heading}</th>`,
  );
  const rows = purpose.services.map(
    (service) => `<tr role="row">
      <td role="cell" data-label="${table.service}"><a href="${service.privacyUrl}">${service.name}</a></td>
      <td role="cell" data-label="${table.owner}"><span>${service.owner}</span></td>
      <td role="cell" data-label="${table.cookies}">${cookieList(service, language) || `<span>${noCookie}</span>`}</td>
    </tr>`,
  );
  return `<table class="cookies" role="table">
    <caption>${names[purpose.id]}</caption>
    <thead role="rowgroup"><tr role="row">${headings.join('')}</tr></thead>
    <tbody role="rowgroup">${rows.join('\n')}</tbody>
  </table>`;
}

function cookieList({ cookies }, language) {
  return cookies
    .map(
      ({ name, duration }) => `<span><code>${name}</code> ${duration[language] ?? duration}</span>`,
    )
    .join('');
}
