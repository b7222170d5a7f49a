import type { SignedCertificate } from '../rights/erasure/certificate.js';
import { pageResponse, piece, type Html } from './layout.js';
import type { Words } from './words.js';

/** What was deleted and what stays, as it was signed. */
export function certificatePage({ certificate, jws }: SignedCertificate, words: Words): Response {
  const { systems, recipients, scope, receivedAt, executedAt, completedAt } = certificate;
  const deleted = systems.flatMap(({ name, deleted: gone }) =>
    gone.map(({ label, count }) => words.page('certificateItem', { system: name, label, count })),
  );
  const kept = systems.flatMap(({ name, kept: stays }) =>
    stays.map(({ label, count, ground, until }) =>
      words.page('certificateKeptItem', {
        system: name,
        label,
        count,
        ground,
        until: words.date(until),
      }),
    ),
  );
  const looked = systems
    .filter((each) => each.deleted.length + each.kept.length === 0)
    .map(({ name }) => name);
  return pageResponse({
    words,
    title: words.page('certificateTitle'),
    body: piece`<p>${words.page('certificateIntro', {
      controller: scope.controllers.join(', '),
      received: words.date(receivedAt),
      executed: words.date(executedAt),
      completed: words.date(completedAt),
    })}</p>
${section(words.page('certificateDeleted'), deleted)}
${section(words.page('certificateKept'), kept)}
${kept.length === 0 && piece`<p>${words.page('certificateNothing')}</p>`}
${section(words.page('certificateLooked'), looked)}
${section(
  words.page('certificateRecipients'),
  recipients.map(({ name }) => name),
)}
<p>${words.page('certificateSigned')}</p>
<p class="soft"><code>${jws}</code></p>`,
  });
}

/** The same for whatever is wrong with a link. */
export function noCertificatePage(words: Words): Response {
  return pageResponse({
    words,
    title: words.page('certificateGone'),
    body: piece`<p>${words.page('certificateGoneText')}</p>`,
    status: 404,
  });
}

function section(title: string, items: readonly string[]): Html {
  if (items.length === 0) return piece``;
  return piece`<h2>${title}</h2>
<ul>${items.map((item) => piece`<li>${item}</li>`)}</ul>`;
}
