/** What a person can ask of whoever holds their data (GDPR art. 15–21; 000-09). */
export const REQUEST_TYPES = [
  'access',
  'portability',
  'rectification',
  'erasure',
  'restriction',
  'objection',
] as const;
/** What a person can ask of whoever holds their data (GDPR art. 15–21; 000-09). */
export type RequestType = (typeof REQUEST_TYPES)[number];

export const REQUEST_STATES = [
  'unverified',
  'open',
  'in-progress',
  'extended',
  'executed',
  'completed',
  'refused',
  'cancelled',
  'expired',
] as const;
/** Where a request stands; `states.ts` says what may follow what. */
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_ACTS = [
  'receive',
  'verify',
  'start',
  'extend',
  'doubt',
  'execute',
  'complete',
  'refuse',
  'cancel',
  'expire',
] as const;
/** What can happen to a request. */
export type RequestAct = (typeof REQUEST_ACTS)[number];

export const PACKAGE_FORMATS = ['json', 'csv', 'zip'] as const;
/** In which form data can be taken away. `zip` holds the other two and a page to read. */
export type PackageFormat = (typeof PACKAGE_FORMATS)[number];

export const REFUSAL_GROUNDS = [
  'manifestly-unfounded',
  'excessive',
  'not-identified',
  // The right does not reach this case.
  'no-such-case',
  // It would harm others (GDPR art. 15(4), 20(4)).
  'others-rights',
  // The exceptions from erasure (art. 17(3)(a)–(e)).
  'expression',
  'legal-obligation',
  'public-health',
  'archiving',
  'legal-claims',
  // Against an objection (art. 21(1)).
  'compelling-grounds',
] as const;
/** The ground of the law on which a request is refused. */
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

export const LAWFUL_BASES = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interest',
  'public-task',
  'legitimate-interest',
] as const;
/** The ground that data is held on (GDPR art. 6(1)). */
export type LawfulBasis = (typeof LAWFUL_BASES)[number];
