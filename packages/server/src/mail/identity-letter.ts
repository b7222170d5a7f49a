import { controllersOf, type SiteConfig } from '@placet/contract';
import { writeLetter, type WrittenLetter } from './letter.js';
import { namesOf, questions } from './letters.js';
import { mailWords } from './texts.js';

/** Lets somebody in to their data: a link for any browser, a code for the one that asked. */
export function identityLetter(about: {
  config: SiteConfig;
  language: string;
  link: string;
  code: string;
  /** When both end. */
  expires: Date;
}): WrittenLetter {
  const { config, language, link, code, expires } = about;
  const words = mailWords(language);
  const { text } = words;
  const controllers = controllersOf(config);
  const controller = namesOf(controllers);
  return writeLetter({
    language: words.language,
    // Without the code: subjects are shown on locked screens.
    subject: text('identitySubject', { controller }),
    parts: [
      text('identityIntro', { controller }),
      { link, label: text('identityLink') },
      text('identityCode', { code }),
      text('identityOnce', { controller, until: words.time(expires) }),
      text('identityIgnore'),
      ...questions(words, controllers, link),
    ],
  });
}
