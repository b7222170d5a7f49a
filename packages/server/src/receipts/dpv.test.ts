import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalJson, type SiteConfig } from '@placet/contract';
import type { Entry } from '../register/register.js';
import { CONFIG, NOTICE_HASH, testRecord } from '../testing/register.js';
import { dpvReceipt } from './dpv.js';

type Node = { readonly [key: string]: unknown };

const RECORD_ID = '01a20320-a200-7002-aa0d-c9221ce0aab9';

function setup(changed: Partial<SiteConfig> = {}, name = 'Maison Tilleul'): Node {
  const { notice: _, ...rest } = testRecord({ id: '4f1c2b6e-6f0a-4b53-9a51-0f6f2c1d7e11' });
  const notice = { version: '2026-11', hash: NOTICE_HASH };
  const receivedAt = '2026-11-22T12:00:00.000Z';
  const entry: Entry = {
    record: { ...rest, site: 'default', notice, receivedAt, skew: -2 },
    receipt: { id: rest.id, receivedAt, expires: '2027-12-22T11:59:58.000Z', notice, leaf: 'ab' },
    body: JSON.stringify({ id: RECORD_ID, controller: name }),
    evidence: { key: '', data: '' },
    config: { ...CONFIG, ...changed },
  };
  return dpvReceipt(entry);
}

const recordOf = (receipt: Node) => receipt['dpv:hasRecordOfActivity'] as Node;
const processesOf = (receipt: Node) => recordOf(receipt)['dpv:hasProcess'] as Node[];

describe('dpvReceipt', () => {
  it('has the header of ISO/IEC TS 27560 in the DPV profile for the GDPR (rules §3.6)', () => {
    const receipt = setup();
    assert.equal(receipt['@type'], 'dpv:ConsentReceipt');
    assert.equal(
      receipt['dct:conformsTo'],
      'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
    );
    assert.equal(recordOf(receipt)['dct:identifier'], RECORD_ID);
    const subject = recordOf(receipt)['dpv:hasDataSubject'] as Node;
    assert.equal(subject['dct:identifier'], receipt['dct:identifier']);
  });

  it('has every mandatory field about processing, for each purpose', () => {
    const record = recordOf(setup());
    const notice = record['dpv:hasNotice'] as Node;
    assert.equal(notice['dct:hasVersion'], '2026-11');
    assert.equal(notice['placet:sha256'], NOTICE_HASH);
    assert.equal(notice['dct:language'], 'en');
    assert.equal(record['dpv:hasJurisdiction'], 'loc:EU');
    assert.equal((record['dpv:hasConsentControl'] as Node)['@type'], 'dpv:WithdrawConsent');
    assert.ok((record['dpv:hasRight'] as string[]).includes('eu-gdpr:A7-3'));
    for (const process of processesOf(setup())) {
      assert.ok((process['dpv:hasPurpose'] as Node)['dct:identifier']);
      assert.ok((process['dpv:hasLegalBasis'] as string[]).includes('eu-gdpr:A6-1-a'));
      assert.ok((process['dpv:hasPersonalData'] as Node[]).length > 0);
      assert.ok(Array.isArray(process['dpv:hasRecipient']));
      const conditions = (process['dpv:hasStorageCondition'] as Node[]).map(
        (each) => each['@type'],
      );
      assert.deepEqual(conditions, ['dpv:StorageDuration', 'dpv:StorageLocation']);
    }
  });

  it('says of each purpose and service whether it was given or refused', () => {
    const said = processesOf(setup()).map((process) => [
      (process['dpv:hasPurpose'] as Node)['dct:identifier'],
      process['dpv:hasConsentStatus'],
    ]);
    assert.deepEqual(said, [
      ['analytics', 'dpv:ConsentGiven'],
      ['analytics/matomo', 'dpv:ConsentGiven'],
      ['marketing', 'dpv:ConsentRefused'],
    ]);
  });

  it('names the services that get data, and the one alone that a choice is about', () => {
    const services = ['matomo', 'hotjar'].map((id) => ({ id, name: id.toUpperCase(), owner: 'X' }));
    const [purpose, service, other] = processesOf(
      setup({ purposes: [{ id: 'analytics', services }, { id: 'marketing' }] }),
    ).map((process) => (process['dpv:hasRecipient'] as Node[]).map((each) => each['dct:title']));
    assert.deepEqual([purpose, service, other], [['MATOMO', 'HOTJAR'], ['MATOMO'], []]);
  });

  it('has the party: name at the time, address and contact that can be reached from anywhere', () => {
    const controller = { name: 'Renamed', privacyUrl: '/confidentialite', contact: 'a@b.example' };
    const party = recordOf(setup({ controller }))['dpv:hasDataController'] as Node;
    assert.equal(party['@type'], 'dpv:DataController');
    assert.equal(party['dpv:hasName'], 'Maison Tilleul');
    assert.equal(party['dpv:hasAddress'], 'https://maison-tilleul.example/confidentialite');
    assert.equal(party['dpv:hasContact'], 'mailto:a@b.example');
    assert.equal(party['dct:identifier'], 'https://maison-tilleul.example');
    const paths = { name: 'x', privacyUrl: 'https://law.example/p', contact: '/contact' };
    const other = recordOf(setup({ controller: paths }))['dpv:hasDataController'] as Node;
    assert.equal(other['dpv:hasAddress'], 'https://law.example/p');
    assert.equal(other['dpv:hasContact'], 'https://maison-tilleul.example/contact');
  });

  it('has the event: when, until when, by whom, how and with which outcome (001-31, G-02)', () => {
    const event = recordOf(setup())['dpv:hasConsentStatus'] as Node;
    assert.equal(event['@type'], 'dpv:ConsentGiven');
    assert.equal(event['dpv:isIndicatedAtTime'], '2026-11-22T11:59:58.000Z');
    assert.equal(event['placet:receivedAt'], '2026-11-22T12:00:00.000Z');
    assert.equal(event['placet:skew'], -2);
    assert.equal(event['dpv:hasIndicationMethod'], 'save');
    assert.deepEqual(event['dpv:hasDuration'], {
      '@type': 'dpv:UntilTimeDuration',
      'placet:months': 13,
      'placet:until': '2027-12-22T11:59:58.000Z',
    });
  });

  it('can be written as canonical JSON, and is the same for the same entry', () => {
    assert.equal(canonicalJson(setup()), canonicalJson(setup()));
  });

  it('speaks for purposes that the configuration no longer has', () => {
    const [purpose] = processesOf(setup({ purposes: [] }));
    assert.deepEqual(purpose!['dpv:hasRecipient'], []);
  });
});
