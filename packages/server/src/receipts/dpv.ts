import { localText, type Purpose, type Service, type SiteConfig } from '@placet/contract';
import type { Entry } from '../register/register.js';

/** A JSON-LD node. Whole numbers, texts and truth values only: it is signed as canonical JSON. */
export type Node = Readonly<Record<string, unknown>>;

export const CONTEXT = {
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  loc: 'https://w3id.org/dpv/loc#',
  placet: 'https://placet.example/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** Rights that exist whatever the purpose: information, access, rectification, erasure, restriction, portability, withdrawal, complaint. */
export const RIGHTS = ['A13', 'A15', 'A16', 'A17', 'A18', 'A20', 'A7-3', 'A77'].map(
  (article) => `eu-gdpr:${article}`,
);

/**
 * The fields of ISO/IEC TS 27560 about an entry, as JSON-LD in the words of the Data Privacy
 * Vocabulary, profile `receipt-eu-gdpr` (rules §3.6). The same entry gives the same document.
 *
 * Where each field stands: header in `dct:conformsTo`, `dct:identifier` and `dpv:hasDataSubject`;
 * processing in `dpv:hasNotice` and, an item a purpose, `dpv:hasProcess`; party in
 * `dpv:hasDataController`; event in `dpv:hasConsentStatus`.
 */
export function dpvReceipt({ record, receipt, body, config }: Entry): Node {
  // The entry's own id and the controller's name at the time stand in the leaf alone.
  const { id, controller: name } = JSON.parse(body) as { id: string; controller: string };
  const controller = controllerNode(name, config, record.page);
  const entries = [
    ...record.granted.map((entry) => ({ entry, status: 'dpv:ConsentGiven' })),
    ...record.denied.map((entry) => ({ entry, status: 'dpv:ConsentRefused' })),
  ];
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${record.id}`,
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    'dct:identifier': record.id,
    'dct:created': record.receivedAt,
    'dct:publisher': { 'dpv:hasName': name },
    'placet:leaf': receipt.leaf,
    'dpv:hasRecordOfActivity': {
      '@id': `urn:uuid:${id}`,
      '@type': 'dpv:ConsentRecord',
      'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr',
      'dct:identifier': id,
      'placet:site': record.site,
      // Nobody's name is known: the person is whoever has the decision's id.
      'dpv:hasDataSubject': { '@type': 'dpv:DataSubject', 'dct:identifier': record.id },
      'dpv:hasDataController': controller,
      'dpv:hasJurisdiction': 'loc:EU',
      'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
      'dpv:hasNotice': {
        '@type': 'dpv:ConsentNotice',
        'dct:hasVersion': record.notice.version,
        'dct:language': record.language,
        'placet:sha256': record.notice.hash,
        'placet:page': record.page,
        'placet:policy': controller['placet:policy'],
      },
      'dpv:hasProcess': entries.map(({ entry, status }) => ({
        ...processNode(entry, config, record.language, receipt.expires),
        'dpv:hasConsentStatus': status,
      })),
      'dpv:hasConsentControl': {
        '@type': 'dpv:WithdrawConsent',
        'dct:description':
          'At any time and on every page: the control that opens the privacy choices.',
        'dpv:isExercisedAt': record.page,
      },
      'dpv:hasRight': RIGHTS,
      'dpv:hasConsentStatus': {
        '@type': record.granted.length > 0 ? 'dpv:ConsentGiven' : 'dpv:ConsentRefused',
        'dpv:isIndicatedBy': { '@type': 'dpv:DataSubject', 'dct:identifier': record.id },
        'dpv:isIndicatedAtTime': record.at,
        'dpv:hasIndicationMethod': record.gesture.control,
        'placet:trusted': record.gesture.trusted,
        'placet:regime': record.regime,
        'placet:receivedAt': record.receivedAt,
        'placet:skew': record.skew,
        ...(record.replaces && {
          'placet:replaces': { notice: record.replaces.notice, reason: record.replaces.reason },
        }),
        'dpv:hasDuration': durationNode(record.months, receipt.expires),
      },
    },
  };
}

function controllerNode(name: string, { controller }: SiteConfig, page: string): Node {
  const { privacyUrl, contact } = controller;
  const policy = absolute(privacyUrl, page);
  return {
    '@type': 'dpv:DataController',
    'dct:identifier': new URL(page).origin,
    'dpv:hasName': name,
    'dpv:hasAddress': policy,
    'dpv:hasContact': contact === undefined ? policy : absolute(contact, page),
    'placet:policy': policy,
  };
}

/** Addresses in the configuration may be paths on the site, or of a mailbox; a receipt is read elsewhere. */
export function absolute(address: string, page: string): string {
  if (/^[^/?#]+@/.test(address)) return `mailto:${address}`;
  return URL.canParse(address, page) ? new URL(address, page).href : address;
}

function processNode(entry: string, config: SiteConfig, language: string, until: string): Node {
  const [id, only] = entry.split('/');
  const purpose = config.purposes.find((each) => each.id === id);
  const services = (purpose?.services ?? []).filter(({ id: each }) => !only || each === only);
  const label = localText(purpose?.label, language);
  const description = localText(purpose?.description, language);
  return {
    '@type': 'dpv:Process',
    'dpv:hasPurpose': {
      '@type': 'dpv:Purpose',
      'dct:identifier': entry,
      ...(label !== undefined && { 'dct:title': label }),
      ...(description !== undefined && { 'dct:description': description }),
    },
    'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
    'dpv:hasPersonalData': personalData(services, purpose, language),
    'dpv:hasRecipient': services.map((service) => recipientNode(service)),
    'dpv:hasStorageCondition': [
      {
        '@type': 'dpv:StorageDuration',
        'dpv:hasDuration': { '@type': 'dpv:UntilTimeDuration', 'placet:until': until },
      },
      { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': 'dpv:WithinDevice' },
    ],
  };
}

/** Cookies as the notice named them; without any, what every tracker reads. */
function personalData(
  services: readonly Service[],
  purpose: Purpose | undefined,
  language: string,
): Node[] {
  const cookies = services.flatMap((service) => service.cookies ?? []);
  if (!purpose || cookies.length === 0)
    return [{ '@type': 'dpv:PersonalData', 'dct:title': 'Online identifiers and usage' }];
  return cookies.map(({ name, duration }) => ({
    '@type': 'dpv:PersonalData',
    'dct:title': name,
    'placet:lasts': localText(duration, language) ?? '',
  }));
}

function recipientNode({ id, name, owner, privacyUrl }: Service): Node {
  return {
    '@type': 'dpv:ThirdParty',
    'dct:identifier': id,
    'dct:title': name,
    'dpv:hasName': owner,
    ...(privacyUrl !== undefined && { 'placet:policy': privacyUrl }),
  };
}

function durationNode(months: number, until: string): Node {
  return { '@type': 'dpv:UntilTimeDuration', 'placet:months': months, 'placet:until': until };
}
