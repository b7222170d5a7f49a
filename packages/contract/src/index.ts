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
  type Marketing,
  type Platform,
  type Purpose,
  type Regime,
  type Rights,
  type Service,
  type Signal,
  type SiteConfig,
  type Topic,
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
  HoldingsGroup,
  IdentityGroup,
  RecordPage,
  RegisterGroup,
  RequestsGroup,
  SpokenOptions,
  StaffAdapter,
  StaffCapabilities,
  SubscriptionsGroup,
  VisitorAdapter,
} from './adapter.js';
export { httpAdapter, type HttpAdapterOptions } from './adapters/http.js';
export { httpConsentsAdapter } from './adapters/http-consents.js';
export { httpOptIns } from './adapters/http-opt-ins.js';
export { httpRights, type HttpRightsOptions, type RightsGroups } from './adapters/http-rights.js';
export { httpSubscriptions, type HttpSubscriptionsOptions } from './adapters/http-subscriptions.js';
export { httpStaffAdapter, type HttpStaffAdapterOptions } from './adapters/http-staff.js';
export { memoryAdapter, type MemoryAdapter, type MemoryAdapterOptions } from './adapters/memory.js';
export type { MemoryPerson } from './adapters/memory-holdings.js';
export type { MemoryRightsControl } from './adapters/memory-rights.js';
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
export { fillText, type Text, type TextValues } from './text.js';
export type * from './opt-in/opt-in.js';
export {
  DEFAULT_CONTROLLER,
  boxesOf,
  choiceKey,
  contactKindOf,
  controllersOf,
  type Box,
  type BoxFilter,
} from './opt-in/boxes.js';
export {
  optInForm,
  optInNotice,
  wayOut,
  type GetOptInText,
  type OptInForm,
  type OptInFormOptions,
} from './opt-in/form.js';
export { ageOf, ageProblem, isOfAge } from './opt-in/age.js';
export {
  canonicalOptIn,
  missingContacts,
  neededContacts,
  sameOptIn,
  type HashedOptIn,
} from './opt-in/rules.js';
export { boxesOfNotice } from './opt-in/notice-boxes.js';
export type { SentMessage } from './opt-in/sent-message.js';
export type { OptInTextName, OptInTexts } from './opt-in/texts.js';
export type * from './rights/request.js';
export { REQUEST_TYPES } from './rights/words.js';
export { REQUEST_RECEIPT, requestReceipt, type RequestReceipt } from './rights/request-receipt.js';
export { CLOSED, MOVES, stateAfter, type Move } from './rights/states.js';
export {
  DUE_MONTHS,
  EXTENSION_MONTHS,
  PURGE_DAYS,
  UNDO_HOURS,
  dueAt,
  purgeAt,
  type ClockOptions,
} from './rights/clocks.js';
