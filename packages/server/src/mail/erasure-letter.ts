import { controllersOf, type SiteConfig } from '@placet/contract';
import type { Certificate } from '../rights/erasure/certificate.js';
import { writeLetter, type WrittenLetter } from './letter.js';
import { namesOf, questions } from './letters.js';
import { mailWords } from './texts.js';

/** Tells the person what was deleted, what is kept, why, and until when (000-21, 000-23; design §7.6). */
export function erasureLetter(about: {
  config: SiteConfig;
  certificate: Certificate;
  /** The page with the certificate, if the server knows its own address. */
  link: string | undefined;
}): WrittenLetter {
  const { config, certificate, link } = about;
  const { systems, recipients, scope } = certificate;
  const words = mailWords(certificate.language);
  const { text } = words;
  const controllers = controllersOf(config);
  const day = new Intl.DateTimeFormat(words.language === 'en' ? 'en-GB' : words.language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  const deleted = systems.flatMap(({ name, deleted: gone }) =>
    gone.map(({ label, count }) => text('erasedItem', { system: name, label, count })),
  );
  const kept = systems.flatMap(({ name, kept: stays }) =>
    stays.map(({ label, count, ground, until }) =>
      text('keptItem', {
        system: name,
        label,
        count,
        ground,
        until: day.format(new Date(until)),
      }),
    ),
  );
  const looked = systems
    .filter((each) => each.deleted.length + each.kept.length === 0)
    .map(({ name }) => name);
  const list = (intro: string, items: readonly string[]) =>
    items.length === 0 ? [] : [intro, { items }];
  return writeLetter({
    language: words.language,
    subject: text('erasedSubject'),
    parts: [
      text(scope.kind === 'group' ? 'erasedIntroGroup' : 'erasedIntro', {
        controller: scope.kind === 'group' ? scope.controllers.join(', ') : namesOf(controllers),
      }),
      ...list(text('erasedDeleted'), deleted),
      ...list(text('erasedKept'), kept),
      ...(kept.length === 0 ? [text('erasedNothingKept')] : [text('erasedComplaint')]),
      ...list(text('erasedLooked'), looked),
      ...list(
        text('erasedRecipients'),
        recipients.map(({ name }) => name),
      ),
      text('erasedSuppressed'),
      ...(link === undefined ? [] : [text('erasedProof'), { link, label: text('erasedLink') }]),
      ...(link === undefined ? [] : questions(words, controllers, link)),
    ],
  });
}
