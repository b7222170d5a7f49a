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
  isLax,
  isNecessary,
  localText,
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
export { DEFAULT_SIGNALS, signalsOf } from './signals.js';
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
export { httpAdapter, type HttpAdapterOptions } from './adapters/http.js';
export { httpStaffAdapter, type HttpStaffAdapterOptions } from './adapters/http-staff.js';
export { memoryAdapter, type MemoryAdapter, type MemoryAdapterOptions } from './adapters/memory.js';
export { canonicalJson } from './canonical-json.js';
export { entriesOfNotice, knownEntries } from './known-entries.js';
export {
  DEFAULT_SITE,
  expiryOfRecord,
  RESTORED,
  sameRecord,
  skewOf,
  type HashedRecord,
} from './record-rules.js';
export { NOTICE_FORMAT, canonicalNotice, noticeHash, type NoticePart } from './notice.js';
export {
  verifyReceipt,
  type ReceiptCheck,
  type ReceiptCheckName,
  type ReceiptDetail,
  type ReceiptVerdict,
  type VerifyReceiptOptions,
} from './verify-receipt.js';
