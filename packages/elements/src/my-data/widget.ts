import type { Capabilities, SiteConfig, TextValues, VisitorAdapter } from '@placet/contract';
import type { Privacy } from '@placet/core';
import type { TextName } from '../locales/locale.js';
import type { GetText } from '../shared/shown.js';

/** The parts of the page, each with a line of its own for what became of the last click. */
export type SectionName =
  'who' | 'requests' | 'held' | 'copy' | 'choices' | 'object' | 'restrict' | 'delete';

/** What is said, and where the focus goes then, if not to what is said. */
export type Said = readonly [name: TextName, values?: TextValues, focus?: string];

/** What every section works with. */
export interface Widget {
  readonly privacy: Privacy;
  readonly config: SiteConfig;
  readonly adapter: VisitorAdapter;
  /** What the backend offers. */
  readonly offered: Capabilities;
  /** BCP 47. */
  readonly language: string;
  readonly text: GetText;
  /** A day, as people write it where they are. */
  day(at: string): string;
  /** A day and its hour. */
  moment(at: string): string;
  dispatchEvent(event: Event): boolean;
  requestUpdate(): void;
  /** Puts the focus on the first element that matches, once everything is drawn. */
  focus(selector: string): Promise<void>;
  /** Says something in a section, or nothing any more. */
  say(section: SectionName, said?: Said): Promise<void>;
  /**
   * Does what was clicked, once however often that is, and says what became of it. What was typed
   * stays if it fails.
   */
  act(section: SectionName, call: () => Promise<Said | undefined>): Promise<void>;
  /** Tells the page of a failure; where nobody is known any more, asks who it is. */
  fail(error: unknown): void;
  /** Draws what is said in a section. */
  renderSaid(section: SectionName): unknown;
}
