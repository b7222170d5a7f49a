export { ERRORS, PlacetError, type ErrorCode } from './errors.js';
export {
  MAX_MONTHS,
  addMonths,
  clampMonths,
  expiryOf,
  isExpired,
  type Decision,
  type Gesture,
  type LapseReason,
} from './decision.js';
export { formatDecision, newestDecision, parseDecision } from './cookie.js';
export {
  DEFAULT_SIGNALS,
  isLax,
  isNecessary,
  localText,
  signalsOf,
  type Controller,
  type CookieDeclaration,
  type LocalText,
  type Platform,
  type Purpose,
  type Regime,
  type Service,
  type Signal,
  type SiteConfig,
} from './config.js';
export {
  entriesFor,
  isAdvertising,
  isAllowed,
  isGranted,
  settle,
  type Choices,
  type Entries,
} from './choices.js';
export type {
  ConsentRecord,
  LogProof,
  PublicKey,
  Receipt,
  RecordedNotice,
  SignedReceipt,
  StoredRecord,
} from './consent-record.js';
export type {
  CallOptions,
  Capabilities,
  ConsentsGroup,
  RecordPage,
  RegisterGroup,
  StaffAdapter,
  StaffCapabilities,
  VisitorAdapter,
} from './adapter.js';
export { canonicalJson } from './canonical-json.js';
export { entriesOfNotice, knownEntries } from './known-entries.js';
export {
  DEFAULT_SITE,
  expiryOfRecord,
  sameRecord,
  skewOf,
  type HashedRecord,
} from './record-rules.js';
export { NOTICE_FORMAT, canonicalNotice, noticeHash, type NoticePart } from './notice.js';
