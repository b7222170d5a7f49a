import type { SignedReceipt } from '../consent-record.js';

/** Receipts of opt-ins as `@placet/server` gave them out once: whatever reads receipts must go on reading them. */
export const OPT_IN_RECEIPTS: Readonly<Record<'confirmed' | 'changed', SignedReceipt>> = {
  confirmed: {
    receipt: {
      '@context': {
        dct: 'http://purl.org/dc/terms/',
        dpv: 'https://w3id.org/dpv#',
        'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
        loc: 'https://w3id.org/dpv/loc#',
        placet: 'https://placet.example/ns#',
        xsd: 'http://www.w3.org/2001/XMLSchema#',
      },
      '@id': 'urn:uuid:015eb05f-6872-41cf-b22a-16432843d077',
      '@type': 'dpv:ConsentReceipt',
      'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
      'dct:identifier': '015eb05f-6872-41cf-b22a-16432843d077',
      'dct:created': '2026-11-22T12:00:00.000Z',
      'dct:publisher': { 'dpv:hasName': 'Maison Tilleul' },
      'placet:leaf': 'a0db1993d2f69cf3c025de04a4d1821a2a9d6505df54e1fe976b2bb13f0c4a7d',
      'dpv:hasRecordOfActivity': {
        '@id': 'urn:uuid:01a20320-a200-7001-a493-2917cde48d97',
        '@type': 'dpv:ConsentRecord',
        'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr',
        'dct:identifier': '01a20320-a200-7001-a493-2917cde48d97',
        'placet:site': 'default',
        'placet:follows': 'urn:uuid:01a20320-a200-7000-bf2d-0598b8ac1842',
        'dpv:hasDataSubject': {
          '@type': 'dpv:DataSubject',
          'dct:identifier': '015eb05f-6872-41cf-b22a-16432843d077',
        },
        'dpv:hasDataController': [
          {
            '@type': 'dpv:DataController',
            'dct:identifier': 'default',
            'dpv:hasName': 'Maison Tilleul',
            'dpv:hasAddress': '/confidentialite',
            'dpv:hasContact': 'mailto:bonjour@tilleul.example',
            'placet:policy': '/confidentialite',
          },
        ],
        'dpv:hasJurisdiction': 'loc:EU',
        'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
        'dpv:hasNotice': {
          '@type': 'dpv:ConsentNotice',
          'dct:hasVersion': '2026-11',
          'dct:language': 'en',
          'placet:sha256': '84a52ab03186bb6c2b3a9ba755f811f1d1628ec0e3df8843341422a0d8d874fb',
        },
        'dpv:hasProcess': [
          {
            '@type': 'dpv:Process',
            'dpv:hasPurpose': {
              '@type': 'dpv:DirectMarketing',
              'dct:identifier': 'newsletter/email/default',
              'dct:title': 'its newsletter',
            },
            'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
            'dpv:hasPersonalData': [{ '@type': 'dpv:PersonalData', 'dct:title': 'E-mail address' }],
            'dpv:hasRecipient': [],
            'dpv:hasConsentStatus': 'dpv:ConsentGiven',
          },
          {
            '@type': 'dpv:Process',
            'dpv:hasPurpose': {
              '@type': 'dpv:DirectMarketing',
              'dct:identifier': 'offers/email/default',
              'dct:title': 'its offers',
            },
            'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
            'dpv:hasPersonalData': [{ '@type': 'dpv:PersonalData', 'dct:title': 'E-mail address' }],
            'dpv:hasRecipient': [],
            'dpv:hasConsentStatus': 'dpv:ConsentGiven',
          },
        ],
        'dpv:hasConsentControl': {
          '@type': 'dpv:WithdrawConsent',
          'dct:description':
            'At any time: the link in every e-mail, STOP in answer to an SMS, or the preference centre.',
        },
        'dpv:hasRight': [
          'eu-gdpr:A13',
          'eu-gdpr:A15',
          'eu-gdpr:A16',
          'eu-gdpr:A17',
          'eu-gdpr:A18',
          'eu-gdpr:A20',
          'eu-gdpr:A7-3',
          'eu-gdpr:A77',
        ],
        'dpv:hasConsentStatus': {
          '@type': 'dpv:ConsentGiven',
          'dpv:isIndicatedBy': {
            '@type': 'dpv:DataSubject',
            'dct:identifier': '015eb05f-6872-41cf-b22a-16432843d077',
          },
          'dpv:isIndicatedAtTime': '2026-11-22T12:00:00.000Z',
          'dpv:hasIndicationMethod': 'link',
          'placet:act': 'confirmed',
          'placet:basis': 'consent',
          'placet:receivedAt': '2026-11-22T12:00:00.000Z',
          'placet:skew': 0,
          'placet:frequency': 'monthly',
          'dpv:hasDuration': { '@type': 'dpv:UntilEventDuration', 'dct:title': 'Until withdrawn' },
        },
      },
    },
    jws: 'eyJhbGciOiJFZERTQSIsImtpZCI6IlktWDl0aFl2ZHNhU1lrUWpWRnF2TUlsOHBDMU1qYklnTXl6VHl0RWZTQW8ifQ.eyJAY29udGV4dCI6eyJkY3QiOiJodHRwOi8vcHVybC5vcmcvZGMvdGVybXMvIiwiZHB2IjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYjIiwiZXUtZ2RwciI6Imh0dHBzOi8vdzNpZC5vcmcvZHB2L2xlZ2FsL2V1L2dkcHIjIiwibG9jIjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYvbG9jIyIsInBsYWNldCI6Imh0dHBzOi8vcGxhY2V0LmV4YW1wbGUvbnMjIiwieHNkIjoiaHR0cDovL3d3dy53My5vcmcvMjAwMS9YTUxTY2hlbWEjIn0sIkBpZCI6InVybjp1dWlkOjAxNWViMDVmLTY4NzItNDFjZi1iMjJhLTE2NDMyODQzZDA3NyIsIkB0eXBlIjoiZHB2OkNvbnNlbnRSZWNlaXB0IiwiZGN0OmNvbmZvcm1zVG8iOiJodHRwczovL3czaWQub3JnL2Rwdi9zY2hlbWEvZHB2LTI3NTYwI3JlY2VpcHQtZXUtZ2RwciIsImRjdDpjcmVhdGVkIjoiMjAyNi0xMS0yMlQxMjowMDowMC4wMDBaIiwiZGN0OmlkZW50aWZpZXIiOiIwMTVlYjA1Zi02ODcyLTQxY2YtYjIyYS0xNjQzMjg0M2QwNzciLCJkY3Q6cHVibGlzaGVyIjp7ImRwdjpoYXNOYW1lIjoiTWFpc29uIFRpbGxldWwifSwiZHB2Omhhc1JlY29yZE9mQWN0aXZpdHkiOnsiQGlkIjoidXJuOnV1aWQ6MDFhMjAzMjAtYTIwMC03MDAxLWE0OTMtMjkxN2NkZTQ4ZDk3IiwiQHR5cGUiOiJkcHY6Q29uc2VudFJlY29yZCIsImRjdDpjb25mb3Jtc1RvIjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYvc2NoZW1hL2Rwdi0yNzU2MCNyZWNvcmQtZXUtZ2RwciIsImRjdDppZGVudGlmaWVyIjoiMDFhMjAzMjAtYTIwMC03MDAxLWE0OTMtMjkxN2NkZTQ4ZDk3IiwiZHB2Omhhc0FwcGxpY2FibGVMYXciOiJldS1nZHByOkdEUFIiLCJkcHY6aGFzQ29uc2VudENvbnRyb2wiOnsiQHR5cGUiOiJkcHY6V2l0aGRyYXdDb25zZW50IiwiZGN0OmRlc2NyaXB0aW9uIjoiQXQgYW55IHRpbWU6IHRoZSBsaW5rIGluIGV2ZXJ5IGUtbWFpbCwgU1RPUCBpbiBhbnN3ZXIgdG8gYW4gU01TLCBvciB0aGUgcHJlZmVyZW5jZSBjZW50cmUuIn0sImRwdjpoYXNDb25zZW50U3RhdHVzIjp7IkB0eXBlIjoiZHB2OkNvbnNlbnRHaXZlbiIsImRwdjpoYXNEdXJhdGlvbiI6eyJAdHlwZSI6ImRwdjpVbnRpbEV2ZW50RHVyYXRpb24iLCJkY3Q6dGl0bGUiOiJVbnRpbCB3aXRoZHJhd24ifSwiZHB2Omhhc0luZGljYXRpb25NZXRob2QiOiJsaW5rIiwiZHB2OmlzSW5kaWNhdGVkQXRUaW1lIjoiMjAyNi0xMS0yMlQxMjowMDowMC4wMDBaIiwiZHB2OmlzSW5kaWNhdGVkQnkiOnsiQHR5cGUiOiJkcHY6RGF0YVN1YmplY3QiLCJkY3Q6aWRlbnRpZmllciI6IjAxNWViMDVmLTY4NzItNDFjZi1iMjJhLTE2NDMyODQzZDA3NyJ9LCJwbGFjZXQ6YWN0IjoiY29uZmlybWVkIiwicGxhY2V0OmJhc2lzIjoiY29uc2VudCIsInBsYWNldDpmcmVxdWVuY3kiOiJtb250aGx5IiwicGxhY2V0OnJlY2VpdmVkQXQiOiIyMDI2LTExLTIyVDEyOjAwOjAwLjAwMFoiLCJwbGFjZXQ6c2tldyI6MH0sImRwdjpoYXNEYXRhQ29udHJvbGxlciI6W3siQHR5cGUiOiJkcHY6RGF0YUNvbnRyb2xsZXIiLCJkY3Q6aWRlbnRpZmllciI6ImRlZmF1bHQiLCJkcHY6aGFzQWRkcmVzcyI6Ii9jb25maWRlbnRpYWxpdGUiLCJkcHY6aGFzQ29udGFjdCI6Im1haWx0bzpib25qb3VyQHRpbGxldWwuZXhhbXBsZSIsImRwdjpoYXNOYW1lIjoiTWFpc29uIFRpbGxldWwiLCJwbGFjZXQ6cG9saWN5IjoiL2NvbmZpZGVudGlhbGl0ZSJ9XSwiZHB2Omhhc0RhdGFTdWJqZWN0Ijp7IkB0eXBlIjoiZHB2OkRhdGFTdWJqZWN0IiwiZGN0OmlkZW50aWZpZXIiOiIwMTVlYjA1Zi02ODcyLTQxY2YtYjIyYS0xNjQzMjg0M2QwNzcifSwiZHB2Omhhc0p1cmlzZGljdGlvbiI6ImxvYzpFVSIsImRwdjpoYXNOb3RpY2UiOnsiQHR5cGUiOiJkcHY6Q29uc2VudE5vdGljZSIsImRjdDpoYXNWZXJzaW9uIjoiMjAyNi0xMSIsImRjdDpsYW5ndWFnZSI6ImVuIiwicGxhY2V0OnNoYTI1NiI6Ijg0YTUyYWIwMzE4NmJiNmMyYjNhOWJhNzU1ZjgxMWYxZDE2MjhlYzBlM2RmODg0MzM0MTQyMmEwZDhkODc0ZmIifSwiZHB2Omhhc1Byb2Nlc3MiOlt7IkB0eXBlIjoiZHB2OlByb2Nlc3MiLCJkcHY6aGFzQ29uc2VudFN0YXR1cyI6ImRwdjpDb25zZW50R2l2ZW4iLCJkcHY6aGFzTGVnYWxCYXNpcyI6WyJldS1nZHByOkE2LTEtYSIsImRwdjpFeHByZXNzZWRDb25zZW50Il0sImRwdjpoYXNQZXJzb25hbERhdGEiOlt7IkB0eXBlIjoiZHB2OlBlcnNvbmFsRGF0YSIsImRjdDp0aXRsZSI6IkUtbWFpbCBhZGRyZXNzIn1dLCJkcHY6aGFzUHVycG9zZSI6eyJAdHlwZSI6ImRwdjpEaXJlY3RNYXJrZXRpbmciLCJkY3Q6aWRlbnRpZmllciI6Im5ld3NsZXR0ZXIvZW1haWwvZGVmYXVsdCIsImRjdDp0aXRsZSI6Iml0cyBuZXdzbGV0dGVyIn0sImRwdjpoYXNSZWNpcGllbnQiOltdfSx7IkB0eXBlIjoiZHB2OlByb2Nlc3MiLCJkcHY6aGFzQ29uc2VudFN0YXR1cyI6ImRwdjpDb25zZW50R2l2ZW4iLCJkcHY6aGFzTGVnYWxCYXNpcyI6WyJldS1nZHByOkE2LTEtYSIsImRwdjpFeHByZXNzZWRDb25zZW50Il0sImRwdjpoYXNQZXJzb25hbERhdGEiOlt7IkB0eXBlIjoiZHB2OlBlcnNvbmFsRGF0YSIsImRjdDp0aXRsZSI6IkUtbWFpbCBhZGRyZXNzIn1dLCJkcHY6aGFzUHVycG9zZSI6eyJAdHlwZSI6ImRwdjpEaXJlY3RNYXJrZXRpbmciLCJkY3Q6aWRlbnRpZmllciI6Im9mZmVycy9lbWFpbC9kZWZhdWx0IiwiZGN0OnRpdGxlIjoiaXRzIG9mZmVycyJ9LCJkcHY6aGFzUmVjaXBpZW50IjpbXX1dLCJkcHY6aGFzUmlnaHQiOlsiZXUtZ2RwcjpBMTMiLCJldS1nZHByOkExNSIsImV1LWdkcHI6QTE2IiwiZXUtZ2RwcjpBMTciLCJldS1nZHByOkExOCIsImV1LWdkcHI6QTIwIiwiZXUtZ2RwcjpBNy0zIiwiZXUtZ2RwcjpBNzciXSwicGxhY2V0OmZvbGxvd3MiOiJ1cm46dXVpZDowMWEyMDMyMC1hMjAwLTcwMDAtYmYyZC0wNTk4YjhhYzE4NDIiLCJwbGFjZXQ6c2l0ZSI6ImRlZmF1bHQifSwicGxhY2V0OmxlYWYiOiJhMGRiMTk5M2QyZjY5Y2YzYzAyNWRlMDRhNGQxODIxYTJhOWQ2NTA1ZGY1NGUxZmU5NzZiMmJiMTNmMGM0YTdkIn0.N7Hpq-j-yk_T0ZeptRFE0fUMHcqab1gaYapul4goG_LW1gcaYB3u7of7Y_WtQQkSGQ1GhHRSS2Ya7fpgPAAIAw',
    record:
      '{"act":"confirmed","at":"2026-11-22T12:00:00.000Z","basis":"consent","choices":[{"channel":"email","controller":"default","granted":true,"topic":"newsletter"},{"channel":"email","controller":"default","granted":true,"topic":"offers"}],"config":"cd3cb81dcef6c3754aeb41d09be7145371b54ec1a021ada3c5ecd527dda48f27","controllers":{"default":"Maison Tilleul"},"evidence":"95c641710a1e4f72b4c5229c4c82d5900ba873523102e5e9642b68fda98cf39c","follows":"01a20320-a200-7000-bf2d-0598b8ac1842","frequency":"monthly","how":"link","id":"01a20320-a200-7001-a493-2917cde48d97","kind":"opt-in","language":"en","notice":{"hash":"84a52ab03186bb6c2b3a9ba755f811f1d1628ec0e3df8843341422a0d8d874fb","version":"2026-11"},"receivedAt":"2026-11-22T12:00:00.000Z","site":"default","skew":0,"v":1}',
    evidence: {
      key: '2O0JnQnyGU7HQHx-3x2nM8zUZ5AmfscMIaeeKivaLow',
      data: '{"about":{"email":"camille@example.org"},"decision":"015eb05f-6872-41cf-b22a-16432843d077"}',
    },
    proof: {
      index: 1,
      size: 4,
      path: [
        'd331ceab3a09132570b4b6f6d086498dbba43aa28cb032794ead6bd1ce9c43a5',
        'd3d6371440091b3ec715799f21bf66f24e3795c7b243e58c8aa2ba328fd5e23f',
      ],
      checkpoint:
        'maison-tilleul.example/default\n4\n5wRSuPPjH+mKXBPRun9xHj7sFKVKqjdIasC94T2edAo=\n\n— maison-tilleul.example/default 9/TcANU3C4VzktdihRD3tJj2HpTLb7KI4TYae2iXE1xTshqJCe9Yg+RGPhPVTdlcfl0qUhDIn+Xv7tKVPxivCaf/lwg=\n',
    },
    keys: [
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: 'eRekY1SRzo0q1ix0G3LPQzR2849lVGlB5uQKr51xXgw',
        kid: 'Y-X9thYvdsaSYkQjVFqvMIl8pC1MjbIgMyzTytEfSAo',
      },
    ],
  },
  changed: {
    receipt: {
      '@context': {
        dct: 'http://purl.org/dc/terms/',
        dpv: 'https://w3id.org/dpv#',
        'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
        loc: 'https://w3id.org/dpv/loc#',
        placet: 'https://placet.example/ns#',
        xsd: 'http://www.w3.org/2001/XMLSchema#',
      },
      '@id': 'urn:uuid:46488ca8-bd3e-4413-ad37-896c8684f13e',
      '@type': 'dpv:ConsentReceipt',
      'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
      'dct:identifier': '46488ca8-bd3e-4413-ad37-896c8684f13e',
      'dct:created': '2026-11-22T12:00:00.000Z',
      'dct:publisher': { 'dpv:hasName': 'Maison Tilleul' },
      'placet:leaf': '447a4f1e9e519d1508a6b0ac6ef2b6e6a00591c5c8b2eb8e41bd8167e0a2ef5d',
      'dpv:hasRecordOfActivity': {
        '@id': 'urn:uuid:01a20320-a200-7002-881f-ae6229e57875',
        '@type': 'dpv:ConsentRecord',
        'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr',
        'dct:identifier': '01a20320-a200-7002-881f-ae6229e57875',
        'placet:site': 'default',
        'dpv:hasDataSubject': {
          '@type': 'dpv:DataSubject',
          'dct:identifier': '46488ca8-bd3e-4413-ad37-896c8684f13e',
        },
        'dpv:hasDataController': [
          {
            '@type': 'dpv:DataController',
            'dct:identifier': 'default',
            'dpv:hasName': 'Maison Tilleul',
            'dpv:hasAddress': 'https://maison-tilleul.example/confidentialite',
            'dpv:hasContact': 'mailto:bonjour@tilleul.example',
            'placet:policy': 'https://maison-tilleul.example/confidentialite',
          },
        ],
        'dpv:hasJurisdiction': 'loc:EU',
        'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
        'dpv:hasNotice': {
          '@type': 'dpv:ConsentNotice',
          'dct:hasVersion': '2026-11',
          'dct:language': 'en',
          'placet:sha256': '84a52ab03186bb6c2b3a9ba755f811f1d1628ec0e3df8843341422a0d8d874fb',
          'placet:page': 'https://maison-tilleul.example/messages',
        },
        'dpv:hasProcess': [
          {
            '@type': 'dpv:Process',
            'dpv:hasPurpose': {
              '@type': 'dpv:DirectMarketing',
              'dct:identifier': 'offers/email/default',
              'dct:title': 'its offers',
            },
            'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
            'dpv:hasPersonalData': [{ '@type': 'dpv:PersonalData', 'dct:title': 'E-mail address' }],
            'dpv:hasRecipient': [],
            'dpv:hasConsentStatus': 'dpv:ConsentWithdrawn',
          },
        ],
        'dpv:hasConsentControl': {
          '@type': 'dpv:WithdrawConsent',
          'dct:description':
            'At any time: the link in every e-mail, STOP in answer to an SMS, or the preference centre.',
        },
        'dpv:hasRight': [
          'eu-gdpr:A13',
          'eu-gdpr:A15',
          'eu-gdpr:A16',
          'eu-gdpr:A17',
          'eu-gdpr:A18',
          'eu-gdpr:A20',
          'eu-gdpr:A7-3',
          'eu-gdpr:A77',
        ],
        'dpv:hasConsentStatus': {
          '@type': 'dpv:ConsentWithdrawn',
          'dpv:isIndicatedBy': {
            '@type': 'dpv:DataSubject',
            'dct:identifier': '46488ca8-bd3e-4413-ad37-896c8684f13e',
          },
          'dpv:isIndicatedAtTime': '2026-11-22T11:59:58.000Z',
          'dpv:hasIndicationMethod': 'preferences',
          'placet:control': 'save',
          'placet:trusted': true,
          'placet:act': 'changed',
          'placet:basis': 'consent',
          'placet:receivedAt': '2026-11-22T12:00:00.000Z',
          'placet:skew': -2,
          'placet:frequency': null,
          'placet:pausedUntil': '2026-12-22T00:00:00.000Z',
          'dpv:hasDuration': { '@type': 'dpv:UntilEventDuration', 'dct:title': 'Until withdrawn' },
        },
      },
    },
    jws: 'eyJhbGciOiJFZERTQSIsImtpZCI6IlktWDl0aFl2ZHNhU1lrUWpWRnF2TUlsOHBDMU1qYklnTXl6VHl0RWZTQW8ifQ.eyJAY29udGV4dCI6eyJkY3QiOiJodHRwOi8vcHVybC5vcmcvZGMvdGVybXMvIiwiZHB2IjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYjIiwiZXUtZ2RwciI6Imh0dHBzOi8vdzNpZC5vcmcvZHB2L2xlZ2FsL2V1L2dkcHIjIiwibG9jIjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYvbG9jIyIsInBsYWNldCI6Imh0dHBzOi8vcGxhY2V0LmV4YW1wbGUvbnMjIiwieHNkIjoiaHR0cDovL3d3dy53My5vcmcvMjAwMS9YTUxTY2hlbWEjIn0sIkBpZCI6InVybjp1dWlkOjQ2NDg4Y2E4LWJkM2UtNDQxMy1hZDM3LTg5NmM4Njg0ZjEzZSIsIkB0eXBlIjoiZHB2OkNvbnNlbnRSZWNlaXB0IiwiZGN0OmNvbmZvcm1zVG8iOiJodHRwczovL3czaWQub3JnL2Rwdi9zY2hlbWEvZHB2LTI3NTYwI3JlY2VpcHQtZXUtZ2RwciIsImRjdDpjcmVhdGVkIjoiMjAyNi0xMS0yMlQxMjowMDowMC4wMDBaIiwiZGN0OmlkZW50aWZpZXIiOiI0NjQ4OGNhOC1iZDNlLTQ0MTMtYWQzNy04OTZjODY4NGYxM2UiLCJkY3Q6cHVibGlzaGVyIjp7ImRwdjpoYXNOYW1lIjoiTWFpc29uIFRpbGxldWwifSwiZHB2Omhhc1JlY29yZE9mQWN0aXZpdHkiOnsiQGlkIjoidXJuOnV1aWQ6MDFhMjAzMjAtYTIwMC03MDAyLTg4MWYtYWU2MjI5ZTU3ODc1IiwiQHR5cGUiOiJkcHY6Q29uc2VudFJlY29yZCIsImRjdDpjb25mb3Jtc1RvIjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYvc2NoZW1hL2Rwdi0yNzU2MCNyZWNvcmQtZXUtZ2RwciIsImRjdDppZGVudGlmaWVyIjoiMDFhMjAzMjAtYTIwMC03MDAyLTg4MWYtYWU2MjI5ZTU3ODc1IiwiZHB2Omhhc0FwcGxpY2FibGVMYXciOiJldS1nZHByOkdEUFIiLCJkcHY6aGFzQ29uc2VudENvbnRyb2wiOnsiQHR5cGUiOiJkcHY6V2l0aGRyYXdDb25zZW50IiwiZGN0OmRlc2NyaXB0aW9uIjoiQXQgYW55IHRpbWU6IHRoZSBsaW5rIGluIGV2ZXJ5IGUtbWFpbCwgU1RPUCBpbiBhbnN3ZXIgdG8gYW4gU01TLCBvciB0aGUgcHJlZmVyZW5jZSBjZW50cmUuIn0sImRwdjpoYXNDb25zZW50U3RhdHVzIjp7IkB0eXBlIjoiZHB2OkNvbnNlbnRXaXRoZHJhd24iLCJkcHY6aGFzRHVyYXRpb24iOnsiQHR5cGUiOiJkcHY6VW50aWxFdmVudER1cmF0aW9uIiwiZGN0OnRpdGxlIjoiVW50aWwgd2l0aGRyYXduIn0sImRwdjpoYXNJbmRpY2F0aW9uTWV0aG9kIjoicHJlZmVyZW5jZXMiLCJkcHY6aXNJbmRpY2F0ZWRBdFRpbWUiOiIyMDI2LTExLTIyVDExOjU5OjU4LjAwMFoiLCJkcHY6aXNJbmRpY2F0ZWRCeSI6eyJAdHlwZSI6ImRwdjpEYXRhU3ViamVjdCIsImRjdDppZGVudGlmaWVyIjoiNDY0ODhjYTgtYmQzZS00NDEzLWFkMzctODk2Yzg2ODRmMTNlIn0sInBsYWNldDphY3QiOiJjaGFuZ2VkIiwicGxhY2V0OmJhc2lzIjoiY29uc2VudCIsInBsYWNldDpjb250cm9sIjoic2F2ZSIsInBsYWNldDpmcmVxdWVuY3kiOm51bGwsInBsYWNldDpwYXVzZWRVbnRpbCI6IjIwMjYtMTItMjJUMDA6MDA6MDAuMDAwWiIsInBsYWNldDpyZWNlaXZlZEF0IjoiMjAyNi0xMS0yMlQxMjowMDowMC4wMDBaIiwicGxhY2V0OnNrZXciOi0yLCJwbGFjZXQ6dHJ1c3RlZCI6dHJ1ZX0sImRwdjpoYXNEYXRhQ29udHJvbGxlciI6W3siQHR5cGUiOiJkcHY6RGF0YUNvbnRyb2xsZXIiLCJkY3Q6aWRlbnRpZmllciI6ImRlZmF1bHQiLCJkcHY6aGFzQWRkcmVzcyI6Imh0dHBzOi8vbWFpc29uLXRpbGxldWwuZXhhbXBsZS9jb25maWRlbnRpYWxpdGUiLCJkcHY6aGFzQ29udGFjdCI6Im1haWx0bzpib25qb3VyQHRpbGxldWwuZXhhbXBsZSIsImRwdjpoYXNOYW1lIjoiTWFpc29uIFRpbGxldWwiLCJwbGFjZXQ6cG9saWN5IjoiaHR0cHM6Ly9tYWlzb24tdGlsbGV1bC5leGFtcGxlL2NvbmZpZGVudGlhbGl0ZSJ9XSwiZHB2Omhhc0RhdGFTdWJqZWN0Ijp7IkB0eXBlIjoiZHB2OkRhdGFTdWJqZWN0IiwiZGN0OmlkZW50aWZpZXIiOiI0NjQ4OGNhOC1iZDNlLTQ0MTMtYWQzNy04OTZjODY4NGYxM2UifSwiZHB2Omhhc0p1cmlzZGljdGlvbiI6ImxvYzpFVSIsImRwdjpoYXNOb3RpY2UiOnsiQHR5cGUiOiJkcHY6Q29uc2VudE5vdGljZSIsImRjdDpoYXNWZXJzaW9uIjoiMjAyNi0xMSIsImRjdDpsYW5ndWFnZSI6ImVuIiwicGxhY2V0OnBhZ2UiOiJodHRwczovL21haXNvbi10aWxsZXVsLmV4YW1wbGUvbWVzc2FnZXMiLCJwbGFjZXQ6c2hhMjU2IjoiODRhNTJhYjAzMTg2YmI2YzJiM2E5YmE3NTVmODExZjFkMTYyOGVjMGUzZGY4ODQzMzQxNDIyYTBkOGQ4NzRmYiJ9LCJkcHY6aGFzUHJvY2VzcyI6W3siQHR5cGUiOiJkcHY6UHJvY2VzcyIsImRwdjpoYXNDb25zZW50U3RhdHVzIjoiZHB2OkNvbnNlbnRXaXRoZHJhd24iLCJkcHY6aGFzTGVnYWxCYXNpcyI6WyJldS1nZHByOkE2LTEtYSIsImRwdjpFeHByZXNzZWRDb25zZW50Il0sImRwdjpoYXNQZXJzb25hbERhdGEiOlt7IkB0eXBlIjoiZHB2OlBlcnNvbmFsRGF0YSIsImRjdDp0aXRsZSI6IkUtbWFpbCBhZGRyZXNzIn1dLCJkcHY6aGFzUHVycG9zZSI6eyJAdHlwZSI6ImRwdjpEaXJlY3RNYXJrZXRpbmciLCJkY3Q6aWRlbnRpZmllciI6Im9mZmVycy9lbWFpbC9kZWZhdWx0IiwiZGN0OnRpdGxlIjoiaXRzIG9mZmVycyJ9LCJkcHY6aGFzUmVjaXBpZW50IjpbXX1dLCJkcHY6aGFzUmlnaHQiOlsiZXUtZ2RwcjpBMTMiLCJldS1nZHByOkExNSIsImV1LWdkcHI6QTE2IiwiZXUtZ2RwcjpBMTciLCJldS1nZHByOkExOCIsImV1LWdkcHI6QTIwIiwiZXUtZ2RwcjpBNy0zIiwiZXUtZ2RwcjpBNzciXSwicGxhY2V0OnNpdGUiOiJkZWZhdWx0In0sInBsYWNldDpsZWFmIjoiNDQ3YTRmMWU5ZTUxOWQxNTA4YTZiMGFjNmVmMmI2ZTZhMDA1OTFjNWM4YjJlYjhlNDFiZDgxNjdlMGEyZWY1ZCJ9.pkhr2CifWzqOCiKcDf6LSdn0J3C3V4e0Us-olSu2thtEydlsmtLITEues8ZxgQ_bA4I5q_QcjfEXrEprtaBdDw',
    record:
      '{"act":"changed","at":"2026-11-22T11:59:58.000Z","choices":[{"channel":"email","controller":"default","granted":false,"topic":"offers"}],"config":"cd3cb81dcef6c3754aeb41d09be7145371b54ec1a021ada3c5ecd527dda48f27","controllers":{"default":"Maison Tilleul"},"evidence":"cc496d0f15d5f862dc2fcb941bfadaadba2ad963fb3a93b9c860c2c3955de800","frequency":null,"gesture":{"control":"save","trusted":true},"how":"preferences","id":"01a20320-a200-7002-881f-ae6229e57875","kind":"opt-in","language":"en","notice":{"hash":"84a52ab03186bb6c2b3a9ba755f811f1d1628ec0e3df8843341422a0d8d874fb","version":"2026-11"},"origin":"https://maison-tilleul.example","pausedUntil":"2026-12-22T00:00:00.000Z","receivedAt":"2026-11-22T12:00:00.000Z","site":"default","skew":-2,"v":1}',
    evidence: {
      key: 's8BDFnMr1lku1iOUSWTpslz9afY0MpyW8WuqkQWtUiI',
      data: '{"about":{"email":"camille@example.org"},"decision":"46488ca8-bd3e-4413-ad37-896c8684f13e","page":"https://maison-tilleul.example/messages"}',
    },
    proof: {
      index: 2,
      size: 4,
      path: [
        '26f7419fb84c9bd3bc66f87984962f7a922450ea397593912689378e4f81d7f7',
        '6561218de3ba4222b84c159ac6f62680f0dccf6b8276c3c83015113feffbbefd',
      ],
      checkpoint:
        'maison-tilleul.example/default\n4\n5wRSuPPjH+mKXBPRun9xHj7sFKVKqjdIasC94T2edAo=\n\n— maison-tilleul.example/default 9/TcANU3C4VzktdihRD3tJj2HpTLb7KI4TYae2iXE1xTshqJCe9Yg+RGPhPVTdlcfl0qUhDIn+Xv7tKVPxivCaf/lwg=\n',
    },
    keys: [
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: 'eRekY1SRzo0q1ix0G3LPQzR2849lVGlB5uQKr51xXgw',
        kid: 'Y-X9thYvdsaSYkQjVFqvMIl8pC1MjbIgMyzTytEfSAo',
      },
    ],
  },
};
