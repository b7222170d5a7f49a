import { PlacetError } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import type { TextName } from '../locales/locale.js';
import type { Said, SectionName, Widget } from './widget.js';

/** What acting needs of the widget. */
type Owner = Pick<Widget, 'text' | 'requestUpdate' | 'focus' | 'fail'> & {
  /** Whom to write to. */
  contact(): string;
};

/** Failures that have a sentence of their own. */
const FAILURES: Partial<Record<string, TextName>> = {
  'adapter/unreachable': 'dataUnreachable',
  'server/unavailable': 'dataUnreachable',
  'rights/too-late': 'dataTooLate',
  'rights/not-ready': 'dataNotReady',
  'rights/unknown': 'dataGone',
  'request/too-many': 'dataTooMany',
};

/** Does what is clicked, one thing at a time in each section, and says there what became of it. */
export function createActing(
  owner: Owner,
): Pick<Widget, 'say' | 'act' | 'renderSaid'> & { reset(): void } {
  const busy = new Set<SectionName>();
  let said: { section: SectionName; line: Said } | undefined;

  async function say(section: SectionName, line?: Said): Promise<void> {
    said = line && { section, line };
    owner.requestUpdate();
    // What was clicked may be far from it, or gone.
    if (line) await owner.focus(line[2] ?? `#said-${section}`);
  }

  function failureOf(error: unknown): Said {
    const { code = '', retryAfter = 60 } = error instanceof PlacetError ? error : {};
    return [
      FAILURES[code] ?? 'dataFailed',
      { contact: owner.contact(), count: Math.ceil(retryAfter / 60) },
    ];
  }

  return {
    say,
    async act(section, call) {
      if (busy.has(section)) return;
      busy.add(section);
      said = { section, line: ['dataBusy'] };
      owner.requestUpdate();
      try {
        await say(section, await call());
      } catch (error) {
        await say(section, failureOf(error));
        owner.fail(error);
      } finally {
        busy.delete(section);
      }
    },
    renderSaid: (section) =>
      html`<output part="message" id="said-${section}" tabindex="-1"
        >${said?.section === section ? owner.text(said.line[0], said.line[1]) : nothing}</output
      >`,
    reset() {
      said = undefined;
    },
  };
}
