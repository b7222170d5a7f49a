import {
  noticeHash,
  optInNotice,
  type OptIn,
  type OptInForm,
  type SiteConfig,
} from '@placet/contract';
import { uuid } from '@placet/core';
import { contentOf, type Answers } from './answers.js';

/** Makes opt-ins out of answers, with what proves them. */
export interface Composer {
  /** The canonical text of what is shown. */
  readonly notice: string;
  /** Takes note of what is shown; true where any word of it is another than before. */
  show(form: OptInForm | undefined, config: SiteConfig | undefined): boolean;
  /** The opt-in as it would be sent now. The same answers keep its id: sending them again is a repetition. */
  compose(answers: Answers, config: SiteConfig, now: Date): OptIn;
}

/** The notice is hashed ahead, since a form that is being sent waits for nobody. */
export function createComposer(): Composer {
  let notice = '';
  let hash: string | undefined;
  let last: { content: string; id: string; at: string } | undefined;

  return {
    get notice() {
      return notice;
    },
    show(form, config) {
      const text = form ? optInNotice(form, config!.notice) : '';
      if (text === notice) return false;
      notice = text;
      hash = undefined;
      void noticeHash(text).then((made) => {
        if (notice === text) hash = made;
      });
      return true;
    },
    compose(answers, { notice: version, site }, now) {
      const { form, ticked } = answers;
      const { basis, language } = form;
      const { origin, pathname } = location;
      // Leaving an objection out is a statement, too, of whoever sends the form.
      const isSent = basis !== 'consent' && navigator.userActivation?.isActive;
      const said = {
        ...contentOf(answers),
        gesture: { control: 'opt-in', trusted: ticked.size > 0 || !!isSent },
        language,
        page: (origin + pathname).replace(/@/g, '%40').slice(0, 2048),
        ...(site !== undefined && { site }),
      };
      const content = JSON.stringify([said, notice]);
      if (last?.content !== content) last = { content, id: uuid(), at: now.toISOString() };
      const { id, at } = last;
      return { id, at, ...said, notice: { version, ...(hash && { hash }), text: notice } };
    },
  };
}
