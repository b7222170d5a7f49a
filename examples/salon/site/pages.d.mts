export type Language = 'fr' | 'en';
type PerLanguage = Readonly<Record<Language, string>>;

export interface SalonPage {
  key: string;
  path: PerLanguage;
  title: PerLanguage;
  description: PerLanguage;
  /** What the menu says, for pages that stand in it. */
  menu?: PerLanguage;
  /** No footer menu, so Placet's own reopen button shows. */
  plainFooter?: boolean;
}

export const PAGES: readonly SalonPage[];
export const NOT_FOUND: SalonPage;
export const BOOKED: SalonPage;
export const MAILBOX: SalonPage;
export const MESSAGES_PATH: string;
export const LANGUAGES: readonly Language[];
