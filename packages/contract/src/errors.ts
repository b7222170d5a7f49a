/**
 * Every failure that Placet reports, by its stable code.
 *
 * Codes are public: hosts switch on them, the development build explains them,
 * `docs/messages.md` says what to do about each.
 */
export const ERRORS = {
  'config/unreadable':
    'The configuration could not be read, so nothing is shown and everything stays held.',
  'config/invalid': 'The configuration says something that Placet has no words for.',
  'consent/no-gesture': 'Consent was granted without a gesture of the visitor.',
  'preferences/missing': 'No <placet-preferences> could be shown.',
  'adapter/unreachable': 'The backend could not be reached; the same call may succeed later.',
  'adapter/rejected': 'The backend answered something that the adapter cannot make sense of.',
  'adapter/aborted': 'The call was given up by whoever made it.',
  'consent/conflict': 'Another decision is already registered under this id.',
  'consent/unknown-purpose': 'The decision names a purpose that the site never asked for.',
  'notice/unknown': 'The register does not have the text of this notice; send it along.',
  'notice/mismatch': 'The text of the notice does not have the hash given for it.',
  'receipt/unknown': 'There is no receipt under this id.',
  'record/unknown': 'There is no record under this id.',
  'opt-in/conflict': 'Another opt-in is already registered under this id.',
  'opt-in/unknown-choice':
    'The opt-in names a topic, channel or controller that the site does not offer.',
  'contact/invalid': 'The e-mail address or the telephone number cannot be one.',
  'token/unknown': 'The link or the code is not right, was used before, or is no longer valid.',
  'import/refused': 'The file of contacts was refused as a whole.',
  'identity/required': 'The person has not shown who they are, or that has ended.',
  'rights/unknown': 'There is no such request of this person, or nothing is left of it.',
  'rights/conflict': 'Another request is already stored under this id.',
  'rights/unsupported': 'Requests of this kind are not taken here; ask the controller.',
  'rights/too-late': 'The request can no longer be changed in this way.',
  'rights/not-ready': 'The data is still being collected.',
  'rights/blocked': 'Something must be settled before this can be done.',
  'request/invalid': 'The request says something that is not allowed where it says it.',
  'request/unreadable': 'The request is not JSON.',
  'request/media-type': 'The request has a media type that is not understood here.',
  'request/method': 'The address does not know this method.',
  'request/not-found': 'There is nothing at this address.',
  'request/origin': 'Pages of this origin may not call this backend.',
  'request/too-large': 'The request is larger than is allowed here.',
  'request/too-many': 'Too many requests came from this address; wait and send it again.',
  'request/unauthorized': 'The call needs a key that was not given or is not right.',
  'server/unavailable': 'The backend cannot store anything at the moment; send it again later.',
} as const;

/** A code of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;

/** The one error type that Placet's API rejects with or dispatches. */
export class PlacetError extends Error {
  /** Stable, for programs: `consent/no-gesture`. */
  declare readonly code: ErrorCode;
  /** Seconds after which the backend asks to be tried again, where it says so. */
  declare retryAfter?: number;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.name = 'PlacetError';
    this.code = code;
  }
}
