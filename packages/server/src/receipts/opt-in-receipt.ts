import {
  choiceKey,
  controllersOf,
  localText,
  type OptInChoice,
  type SiteConfig,
} from '@placet/contract';
import { hex } from '../log/hash.js';
import type { OptInLeaf } from '../register/opt-in-leaf.js';
import type { KnownOptIn } from '../register/register.js';
import { CONTEXT, RIGHTS, absolute, type Node } from './dpv.js';

const BASES = {
  consent: ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
  'soft-opt-in': ['eu-gdpr:A6-1-f', 'dpv:LegitimateInterest'],
  b2b: ['eu-gdpr:A6-1-f', 'dpv:LegitimateInterest'],
} as const;

/** What a refusal means: nothing was there yet, or something ended. */
const NO = {
  asked: 'dpv:ConsentRefused',
  agreed: 'dpv:ConsentRefused',
  confirmed: 'dpv:ConsentRefused',
  imported: 'dpv:ConsentRefused',
  changed: 'dpv:ConsentWithdrawn',
  withdrawn: 'dpv:ConsentWithdrawn',
} as const;

/**
 * The fields of ISO/IEC TS 27560 about an opt-in, a withdrawal or an import, as `dpvReceipt` writes
 * those of a decision: a process for each choice, a controller for each who sends.
 */
export function optInReceipt({ leaf, leafHash, about, config }: KnownOptIn): Node {
  const { id, act, how, at, receivedAt, skew, choices, basis = 'consent', language } = leaf;
  const subject = { '@type': 'dpv:DataSubject', 'dct:identifier': about.decision };
  const isGiven = choices.some(({ granted }) => granted);
  const page = about.page ?? leaf.origin ?? '';
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${about.decision}`,
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    'dct:identifier': about.decision,
    'dct:created': receivedAt,
    'dct:publisher': { 'dpv:hasName': config.controller.name },
    'placet:leaf': hex(leafHash),
    'dpv:hasRecordOfActivity': {
      '@id': `urn:uuid:${id}`,
      '@type': 'dpv:ConsentRecord',
      'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr',
      'dct:identifier': id,
      'placet:site': leaf.site,
      ...(leaf.follows !== undefined && { 'placet:follows': `urn:uuid:${leaf.follows}` }),
      'dpv:hasDataSubject': subject,
      'dpv:hasDataController': Object.entries(leaf.controllers).map(([controller, name]) =>
        controllerNode(controller, name, config, page),
      ),
      'dpv:hasJurisdiction': 'loc:EU',
      'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
      ...(leaf.notice && {
        'dpv:hasNotice': {
          '@type': 'dpv:ConsentNotice',
          'dct:hasVersion': leaf.notice.version,
          'dct:language': language,
          'placet:sha256': leaf.notice.hash,
          ...(page && { 'placet:page': page }),
        },
      }),
      'dpv:hasProcess': choices.map((choice) => processNode(choice, config, leaf)),
      'dpv:hasConsentControl': {
        '@type': 'dpv:WithdrawConsent',
        'dct:description':
          'At any time: the link in every e-mail, STOP in answer to an SMS, or the preference centre.',
      },
      'dpv:hasRight': RIGHTS,
      'dpv:hasConsentStatus': {
        '@type': isGiven ? 'dpv:ConsentGiven' : NO[act],
        'dpv:isIndicatedBy': subject,
        'dpv:isIndicatedAtTime': at,
        'dpv:hasIndicationMethod': how,
        ...(leaf.gesture && {
          'placet:control': leaf.gesture.control,
          'placet:trusted': leaf.gesture.trusted,
        }),
        'placet:act': act,
        'placet:basis': basis,
        'placet:receivedAt': receivedAt,
        'placet:skew': skew,
        ...(leaf.age && { 'placet:age': leaf.age }),
        ...(leaf.conditions && { 'placet:conditions': leaf.conditions }),
        ...(leaf.frequency !== undefined && { 'placet:frequency': leaf.frequency }),
        ...(leaf.pausedUntil !== undefined && { 'placet:pausedUntil': leaf.pausedUntil }),
        'dpv:hasDuration': { '@type': 'dpv:UntilEventDuration', 'dct:title': 'Until withdrawn' },
      },
    },
  };
}

function controllerNode(id: string, name: string, config: SiteConfig, page: string): Node {
  const controller = controllersOf(config).find((each) => each.id === id) ?? config.controller;
  const { privacyUrl, contact } = controller;
  const policy = absolute(privacyUrl, page);
  return {
    '@type': 'dpv:DataController',
    'dct:identifier': id,
    'dpv:hasName': name,
    'dpv:hasAddress': policy,
    'dpv:hasContact': contact === undefined ? policy : absolute(contact, page),
    'placet:policy': policy,
  };
}

function processNode(choice: OptInChoice, config: SiteConfig, leaf: OptInLeaf): Node {
  const { topic, channel, granted } = choice;
  const { act, basis = 'consent', language } = leaf;
  const found = config.marketing?.topics.find(({ id }) => id === topic);
  return {
    '@type': 'dpv:Process',
    'dpv:hasPurpose': {
      '@type': 'dpv:DirectMarketing',
      'dct:identifier': choiceKey(choice),
      'dct:title': localText(found?.label, language) ?? topic,
    },
    'dpv:hasLegalBasis': BASES[basis],
    'dpv:hasPersonalData': [
      {
        '@type': 'dpv:PersonalData',
        'dct:title': channel === 'email' ? 'E-mail address' : 'Telephone number',
      },
    ],
    'dpv:hasRecipient': [],
    'dpv:hasConsentStatus': granted ? 'dpv:ConsentGiven' : NO[act],
  };
}
