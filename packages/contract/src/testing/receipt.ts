import type { SignedReceipt } from '../consent-record.js';

/** A receipt as `@placet/server` gave it out once: whatever reads receipts must go on reading it. */
export const RECEIPT: SignedReceipt = {
  receipt: {
    '@context': {
      dct: 'http://purl.org/dc/terms/',
      dpv: 'https://w3id.org/dpv#',
      'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
      loc: 'https://w3id.org/dpv/loc#',
      placet: 'https://placet.example/ns#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': 'urn:uuid:4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11',
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    'dct:identifier': '4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11',
    'dct:created': '2026-11-22T12:00:00.000Z',
    'dct:publisher': {
      'dpv:hasName': 'Maison Tilleul',
    },
    'placet:leaf': '02dc1892e13150165240d3215dd7cf0e3afd8d9e1f8c87f86b180546990d4fd2',
    'dpv:hasRecordOfActivity': {
      '@id': 'urn:uuid:01a20320-a200-7002-aa0d-c9221ce0aab9',
      '@type': 'dpv:ConsentRecord',
      'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr',
      'dct:identifier': '01a20320-a200-7002-aa0d-c9221ce0aab9',
      'placet:site': 'default',
      'dpv:hasDataSubject': {
        '@type': 'dpv:DataSubject',
        'dct:identifier': '4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11',
      },
      'dpv:hasDataController': {
        '@type': 'dpv:DataController',
        'dct:identifier': 'https://maison-tilleul.example',
        'dpv:hasName': 'Maison Tilleul',
        'dpv:hasAddress': 'https://maison-tilleul.example/confidentialite',
        'dpv:hasContact': 'mailto:donnees@maison-tilleul.example',
        'placet:policy': 'https://maison-tilleul.example/confidentialite',
      },
      'dpv:hasJurisdiction': 'loc:EU',
      'dpv:hasApplicableLaw': 'eu-gdpr:GDPR',
      'dpv:hasNotice': {
        '@type': 'dpv:ConsentNotice',
        'dct:hasVersion': '2026-11',
        'dct:language': 'en',
        'placet:sha256': '3daf43ac848b9f98d6d718a4ddb4a786105820e136d70cc35307513b88268f5a',
        'placet:page': 'https://maison-tilleul.example/soins/massage',
        'placet:policy': 'https://maison-tilleul.example/confidentialite',
      },
      'dpv:hasProcess': [
        {
          '@type': 'dpv:Process',
          'dpv:hasPurpose': {
            '@type': 'dpv:Purpose',
            'dct:identifier': 'analytics',
          },
          'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
          'dpv:hasPersonalData': [
            {
              '@type': 'dpv:PersonalData',
              'dct:title': '_pk_*',
              'placet:lasts': '13 months',
            },
          ],
          'dpv:hasRecipient': [
            {
              '@type': 'dpv:ThirdParty',
              'dct:identifier': 'matomo',
              'dct:title': 'Matomo',
              'dpv:hasName': 'InnoCraft',
            },
          ],
          'dpv:hasStorageCondition': [
            {
              '@type': 'dpv:StorageDuration',
              'dpv:hasDuration': {
                '@type': 'dpv:UntilTimeDuration',
                'placet:until': '2027-12-22T11:59:58.000Z',
              },
            },
            {
              '@type': 'dpv:StorageLocation',
              'dpv:hasLocation': 'dpv:WithinDevice',
            },
          ],
          'dpv:hasConsentStatus': 'dpv:ConsentGiven',
        },
        {
          '@type': 'dpv:Process',
          'dpv:hasPurpose': {
            '@type': 'dpv:Purpose',
            'dct:identifier': 'analytics/matomo',
          },
          'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
          'dpv:hasPersonalData': [
            {
              '@type': 'dpv:PersonalData',
              'dct:title': '_pk_*',
              'placet:lasts': '13 months',
            },
          ],
          'dpv:hasRecipient': [
            {
              '@type': 'dpv:ThirdParty',
              'dct:identifier': 'matomo',
              'dct:title': 'Matomo',
              'dpv:hasName': 'InnoCraft',
            },
          ],
          'dpv:hasStorageCondition': [
            {
              '@type': 'dpv:StorageDuration',
              'dpv:hasDuration': {
                '@type': 'dpv:UntilTimeDuration',
                'placet:until': '2027-12-22T11:59:58.000Z',
              },
            },
            {
              '@type': 'dpv:StorageLocation',
              'dpv:hasLocation': 'dpv:WithinDevice',
            },
          ],
          'dpv:hasConsentStatus': 'dpv:ConsentGiven',
        },
        {
          '@type': 'dpv:Process',
          'dpv:hasPurpose': {
            '@type': 'dpv:Purpose',
            'dct:identifier': 'marketing',
          },
          'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a', 'dpv:ExpressedConsent'],
          'dpv:hasPersonalData': [
            {
              '@type': 'dpv:PersonalData',
              'dct:title': 'Online identifiers and usage',
            },
          ],
          'dpv:hasRecipient': [],
          'dpv:hasStorageCondition': [
            {
              '@type': 'dpv:StorageDuration',
              'dpv:hasDuration': {
                '@type': 'dpv:UntilTimeDuration',
                'placet:until': '2027-12-22T11:59:58.000Z',
              },
            },
            {
              '@type': 'dpv:StorageLocation',
              'dpv:hasLocation': 'dpv:WithinDevice',
            },
          ],
          'dpv:hasConsentStatus': 'dpv:ConsentRefused',
        },
      ],
      'dpv:hasConsentControl': {
        '@type': 'dpv:WithdrawConsent',
        'dct:description':
          'At any time and on every page: the control that opens the privacy choices.',
        'dpv:isExercisedAt': 'https://maison-tilleul.example/soins/massage',
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
          'dct:identifier': '4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11',
        },
        'dpv:isIndicatedAtTime': '2026-11-22T11:59:58.000Z',
        'dpv:hasIndicationMethod': 'save',
        'placet:trusted': true,
        'placet:regime': 'opt-in',
        'placet:receivedAt': '2026-11-22T12:00:00.000Z',
        'placet:skew': -2,
        'dpv:hasDuration': {
          '@type': 'dpv:UntilTimeDuration',
          'placet:months': 13,
          'placet:until': '2027-12-22T11:59:58.000Z',
        },
      },
    },
  },
  jws: 'eyJhbGciOiJFZERTQSIsImtpZCI6ImNLbUcwckxMODFNc1JqV2FDbm1JaUZDUy0wTGJEYTZxN0tfTmdPS1JLRUUifQ.eyJAY29udGV4dCI6eyJkY3QiOiJodHRwOi8vcHVybC5vcmcvZGMvdGVybXMvIiwiZHB2IjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYjIiwiZXUtZ2RwciI6Imh0dHBzOi8vdzNpZC5vcmcvZHB2L2xlZ2FsL2V1L2dkcHIjIiwibG9jIjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYvbG9jIyIsInBsYWNldCI6Imh0dHBzOi8vcGxhY2V0LmV4YW1wbGUvbnMjIiwieHNkIjoiaHR0cDovL3d3dy53My5vcmcvMjAwMS9YTUxTY2hlbWEjIn0sIkBpZCI6InVybjp1dWlkOjRmMWMyYjZlLTZmMGEtNGI1My05YTUxLTBmNmYyYzFkN2UxMSIsIkB0eXBlIjoiZHB2OkNvbnNlbnRSZWNlaXB0IiwiZGN0OmNvbmZvcm1zVG8iOiJodHRwczovL3czaWQub3JnL2Rwdi9zY2hlbWEvZHB2LTI3NTYwI3JlY2VpcHQtZXUtZ2RwciIsImRjdDpjcmVhdGVkIjoiMjAyNi0xMS0yMlQxMjowMDowMC4wMDBaIiwiZGN0OmlkZW50aWZpZXIiOiI0ZjFjMmI2ZS02ZjBhLTRiNTMtOWE1MS0wZjZmMmMxZDdlMTEiLCJkY3Q6cHVibGlzaGVyIjp7ImRwdjpoYXNOYW1lIjoiTWFpc29uIFRpbGxldWwifSwiZHB2Omhhc1JlY29yZE9mQWN0aXZpdHkiOnsiQGlkIjoidXJuOnV1aWQ6MDFhMjAzMjAtYTIwMC03MDAyLWFhMGQtYzkyMjFjZTBhYWI5IiwiQHR5cGUiOiJkcHY6Q29uc2VudFJlY29yZCIsImRjdDpjb25mb3Jtc1RvIjoiaHR0cHM6Ly93M2lkLm9yZy9kcHYvc2NoZW1hL2Rwdi0yNzU2MCNyZWNvcmQtZXUtZ2RwciIsImRjdDppZGVudGlmaWVyIjoiMDFhMjAzMjAtYTIwMC03MDAyLWFhMGQtYzkyMjFjZTBhYWI5IiwiZHB2Omhhc0FwcGxpY2FibGVMYXciOiJldS1nZHByOkdEUFIiLCJkcHY6aGFzQ29uc2VudENvbnRyb2wiOnsiQHR5cGUiOiJkcHY6V2l0aGRyYXdDb25zZW50IiwiZGN0OmRlc2NyaXB0aW9uIjoiQXQgYW55IHRpbWUgYW5kIG9uIGV2ZXJ5IHBhZ2U6IHRoZSBjb250cm9sIHRoYXQgb3BlbnMgdGhlIHByaXZhY3kgY2hvaWNlcy4iLCJkcHY6aXNFeGVyY2lzZWRBdCI6Imh0dHBzOi8vbWFpc29uLXRpbGxldWwuZXhhbXBsZS9zb2lucy9tYXNzYWdlIn0sImRwdjpoYXNDb25zZW50U3RhdHVzIjp7IkB0eXBlIjoiZHB2OkNvbnNlbnRHaXZlbiIsImRwdjpoYXNEdXJhdGlvbiI6eyJAdHlwZSI6ImRwdjpVbnRpbFRpbWVEdXJhdGlvbiIsInBsYWNldDptb250aHMiOjEzLCJwbGFjZXQ6dW50aWwiOiIyMDI3LTEyLTIyVDExOjU5OjU4LjAwMFoifSwiZHB2Omhhc0luZGljYXRpb25NZXRob2QiOiJzYXZlIiwiZHB2OmlzSW5kaWNhdGVkQXRUaW1lIjoiMjAyNi0xMS0yMlQxMTo1OTo1OC4wMDBaIiwiZHB2OmlzSW5kaWNhdGVkQnkiOnsiQHR5cGUiOiJkcHY6RGF0YVN1YmplY3QiLCJkY3Q6aWRlbnRpZmllciI6IjRmMWMyYjZlLTZmMGEtNGI1My05YTUxLTBmNmYyYzFkN2UxMSJ9LCJwbGFjZXQ6cmVjZWl2ZWRBdCI6IjIwMjYtMTEtMjJUMTI6MDA6MDAuMDAwWiIsInBsYWNldDpyZWdpbWUiOiJvcHQtaW4iLCJwbGFjZXQ6c2tldyI6LTIsInBsYWNldDp0cnVzdGVkIjp0cnVlfSwiZHB2Omhhc0RhdGFDb250cm9sbGVyIjp7IkB0eXBlIjoiZHB2OkRhdGFDb250cm9sbGVyIiwiZGN0OmlkZW50aWZpZXIiOiJodHRwczovL21haXNvbi10aWxsZXVsLmV4YW1wbGUiLCJkcHY6aGFzQWRkcmVzcyI6Imh0dHBzOi8vbWFpc29uLXRpbGxldWwuZXhhbXBsZS9jb25maWRlbnRpYWxpdGUiLCJkcHY6aGFzQ29udGFjdCI6Im1haWx0bzpkb25uZWVzQG1haXNvbi10aWxsZXVsLmV4YW1wbGUiLCJkcHY6aGFzTmFtZSI6Ik1haXNvbiBUaWxsZXVsIiwicGxhY2V0OnBvbGljeSI6Imh0dHBzOi8vbWFpc29uLXRpbGxldWwuZXhhbXBsZS9jb25maWRlbnRpYWxpdGUifSwiZHB2Omhhc0RhdGFTdWJqZWN0Ijp7IkB0eXBlIjoiZHB2OkRhdGFTdWJqZWN0IiwiZGN0OmlkZW50aWZpZXIiOiI0ZjFjMmI2ZS02ZjBhLTRiNTMtOWE1MS0wZjZmMmMxZDdlMTEifSwiZHB2Omhhc0p1cmlzZGljdGlvbiI6ImxvYzpFVSIsImRwdjpoYXNOb3RpY2UiOnsiQHR5cGUiOiJkcHY6Q29uc2VudE5vdGljZSIsImRjdDpoYXNWZXJzaW9uIjoiMjAyNi0xMSIsImRjdDpsYW5ndWFnZSI6ImVuIiwicGxhY2V0OnBhZ2UiOiJodHRwczovL21haXNvbi10aWxsZXVsLmV4YW1wbGUvc29pbnMvbWFzc2FnZSIsInBsYWNldDpwb2xpY3kiOiJodHRwczovL21haXNvbi10aWxsZXVsLmV4YW1wbGUvY29uZmlkZW50aWFsaXRlIiwicGxhY2V0OnNoYTI1NiI6IjNkYWY0M2FjODQ4YjlmOThkNmQ3MThhNGRkYjRhNzg2MTA1ODIwZTEzNmQ3MGNjMzUzMDc1MTNiODgyNjhmNWEifSwiZHB2Omhhc1Byb2Nlc3MiOlt7IkB0eXBlIjoiZHB2OlByb2Nlc3MiLCJkcHY6aGFzQ29uc2VudFN0YXR1cyI6ImRwdjpDb25zZW50R2l2ZW4iLCJkcHY6aGFzTGVnYWxCYXNpcyI6WyJldS1nZHByOkE2LTEtYSIsImRwdjpFeHByZXNzZWRDb25zZW50Il0sImRwdjpoYXNQZXJzb25hbERhdGEiOlt7IkB0eXBlIjoiZHB2OlBlcnNvbmFsRGF0YSIsImRjdDp0aXRsZSI6Il9wa18qIiwicGxhY2V0Omxhc3RzIjoiMTMgbW9udGhzIn1dLCJkcHY6aGFzUHVycG9zZSI6eyJAdHlwZSI6ImRwdjpQdXJwb3NlIiwiZGN0OmlkZW50aWZpZXIiOiJhbmFseXRpY3MifSwiZHB2Omhhc1JlY2lwaWVudCI6W3siQHR5cGUiOiJkcHY6VGhpcmRQYXJ0eSIsImRjdDppZGVudGlmaWVyIjoibWF0b21vIiwiZGN0OnRpdGxlIjoiTWF0b21vIiwiZHB2Omhhc05hbWUiOiJJbm5vQ3JhZnQifV0sImRwdjpoYXNTdG9yYWdlQ29uZGl0aW9uIjpbeyJAdHlwZSI6ImRwdjpTdG9yYWdlRHVyYXRpb24iLCJkcHY6aGFzRHVyYXRpb24iOnsiQHR5cGUiOiJkcHY6VW50aWxUaW1lRHVyYXRpb24iLCJwbGFjZXQ6dW50aWwiOiIyMDI3LTEyLTIyVDExOjU5OjU4LjAwMFoifX0seyJAdHlwZSI6ImRwdjpTdG9yYWdlTG9jYXRpb24iLCJkcHY6aGFzTG9jYXRpb24iOiJkcHY6V2l0aGluRGV2aWNlIn1dfSx7IkB0eXBlIjoiZHB2OlByb2Nlc3MiLCJkcHY6aGFzQ29uc2VudFN0YXR1cyI6ImRwdjpDb25zZW50R2l2ZW4iLCJkcHY6aGFzTGVnYWxCYXNpcyI6WyJldS1nZHByOkE2LTEtYSIsImRwdjpFeHByZXNzZWRDb25zZW50Il0sImRwdjpoYXNQZXJzb25hbERhdGEiOlt7IkB0eXBlIjoiZHB2OlBlcnNvbmFsRGF0YSIsImRjdDp0aXRsZSI6Il9wa18qIiwicGxhY2V0Omxhc3RzIjoiMTMgbW9udGhzIn1dLCJkcHY6aGFzUHVycG9zZSI6eyJAdHlwZSI6ImRwdjpQdXJwb3NlIiwiZGN0OmlkZW50aWZpZXIiOiJhbmFseXRpY3MvbWF0b21vIn0sImRwdjpoYXNSZWNpcGllbnQiOlt7IkB0eXBlIjoiZHB2OlRoaXJkUGFydHkiLCJkY3Q6aWRlbnRpZmllciI6Im1hdG9tbyIsImRjdDp0aXRsZSI6Ik1hdG9tbyIsImRwdjpoYXNOYW1lIjoiSW5ub0NyYWZ0In1dLCJkcHY6aGFzU3RvcmFnZUNvbmRpdGlvbiI6W3siQHR5cGUiOiJkcHY6U3RvcmFnZUR1cmF0aW9uIiwiZHB2Omhhc0R1cmF0aW9uIjp7IkB0eXBlIjoiZHB2OlVudGlsVGltZUR1cmF0aW9uIiwicGxhY2V0OnVudGlsIjoiMjAyNy0xMi0yMlQxMTo1OTo1OC4wMDBaIn19LHsiQHR5cGUiOiJkcHY6U3RvcmFnZUxvY2F0aW9uIiwiZHB2Omhhc0xvY2F0aW9uIjoiZHB2OldpdGhpbkRldmljZSJ9XX0seyJAdHlwZSI6ImRwdjpQcm9jZXNzIiwiZHB2Omhhc0NvbnNlbnRTdGF0dXMiOiJkcHY6Q29uc2VudFJlZnVzZWQiLCJkcHY6aGFzTGVnYWxCYXNpcyI6WyJldS1nZHByOkE2LTEtYSIsImRwdjpFeHByZXNzZWRDb25zZW50Il0sImRwdjpoYXNQZXJzb25hbERhdGEiOlt7IkB0eXBlIjoiZHB2OlBlcnNvbmFsRGF0YSIsImRjdDp0aXRsZSI6Ik9ubGluZSBpZGVudGlmaWVycyBhbmQgdXNhZ2UifV0sImRwdjpoYXNQdXJwb3NlIjp7IkB0eXBlIjoiZHB2OlB1cnBvc2UiLCJkY3Q6aWRlbnRpZmllciI6Im1hcmtldGluZyJ9LCJkcHY6aGFzUmVjaXBpZW50IjpbXSwiZHB2Omhhc1N0b3JhZ2VDb25kaXRpb24iOlt7IkB0eXBlIjoiZHB2OlN0b3JhZ2VEdXJhdGlvbiIsImRwdjpoYXNEdXJhdGlvbiI6eyJAdHlwZSI6ImRwdjpVbnRpbFRpbWVEdXJhdGlvbiIsInBsYWNldDp1bnRpbCI6IjIwMjctMTItMjJUMTE6NTk6NTguMDAwWiJ9fSx7IkB0eXBlIjoiZHB2OlN0b3JhZ2VMb2NhdGlvbiIsImRwdjpoYXNMb2NhdGlvbiI6ImRwdjpXaXRoaW5EZXZpY2UifV19XSwiZHB2Omhhc1JpZ2h0IjpbImV1LWdkcHI6QTEzIiwiZXUtZ2RwcjpBMTUiLCJldS1nZHByOkExNiIsImV1LWdkcHI6QTE3IiwiZXUtZ2RwcjpBMTgiLCJldS1nZHByOkEyMCIsImV1LWdkcHI6QTctMyIsImV1LWdkcHI6QTc3Il0sInBsYWNldDpzaXRlIjoiZGVmYXVsdCJ9LCJwbGFjZXQ6bGVhZiI6IjAyZGMxODkyZTEzMTUwMTY1MjQwZDMyMTVkZDdjZjBlM2FmZDhkOWUxZjhjODdmODZiMTgwNTQ2OTkwZDRmZDIifQ.90W_TIm93-yfbFwQcE3JFOZc4SYV0e86eFI5whSP5VDgFBGG4qGHVnU4i-9k1gEO9GhXHE1_G844Etcblau8AQ',
  record:
    '{"at":"2026-11-22T11:59:58.000Z","config":"58c4c25d0c3e90e0f0ea1849d98f5a59d085ef820acf1859c27a5bedd9d741a9","controller":"Maison Tilleul","denied":["marketing"],"evidence":"45212156b96b1ac42f1cbedcd59fc79463b10b3d4bd5e885f87c6094d9a50036","expires":"2027-12-22T11:59:58.000Z","gesture":{"control":"save","trusted":true},"granted":["analytics","analytics/matomo"],"id":"01a20320-a200-7002-aa0d-c9221ce0aab9","kind":"consent","language":"en","months":13,"notice":{"hash":"3daf43ac848b9f98d6d718a4ddb4a786105820e136d70cc35307513b88268f5a","version":"2026-11"},"origin":"https://maison-tilleul.example","receivedAt":"2026-11-22T12:00:00.000Z","regime":"opt-in","site":"default","skew":-2,"v":1}',
  evidence: {
    key: 'ZxIQXm1JmcjEB8Isa6BTTjt8IAiIAVr0WSyRd_wHrcU',
    data: '{"decision":"4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11","page":"https://maison-tilleul.example/soins/massage"}',
  },
  proof: {
    index: 2,
    size: 5,
    path: [
      '9b1c06a114ce49a0656f5f3ee8c35f0a401317d80f07b0618737818b03997a7c',
      'a7bb722624e4aaff46cb7e015c2a37edd227efec094006e52a960b0a79cb4b70',
      'b26b7c74bdf9b1d93e80da7dd89b7eba8984eb447aae8f9f8f4bcfc828458f46',
    ],
    checkpoint:
      'placet/default\n5\nrin5Yr9PSUGzy7wzf3tfQvHU757kfP2KQONcvJIpd5w=\n\n— placet/default 3xwILz6LNwyZifISx5DGlJRTxXNP+zJ5dflrGgG1w+hd6p7Jx/2qEMLg1KMKMrYVbxcthNnBHqz1BznyD8KZCA3+QA4=\n',
  },
  keys: [
    {
      kty: 'OKP',
      crv: 'Ed25519',
      x: 'ILtoIO4v6D3lQuWR7ZpVFy7RNLRdJ5ZODmX9Bj2BzfA',
      kid: 'cKmG0rLL81MsRjWaCnmIiFCS-0LbDa6q7K_NgOKRKEE',
    },
  ],
};
