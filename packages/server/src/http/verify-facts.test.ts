import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestReceipt, type RequestStatus } from '@placet/contract';

interface Page {
  factsOf(receipt: unknown, words: unknown, language: string): { name: string; value: unknown }[];
  WORDS: Record<'en' | 'fr', { requests: object; states: object }>;
}

const at = '2026-11-22T12:00:00.000Z';
const status: RequestStatus = {
  ...{ id: '0a7f0b52-3c1f-4d8c-9a54-6f0f4f1f5c99', type: 'erasure', state: 'open' },
  scope: { kind: 'site', controllers: ['Maison Tilleul'] },
  ...{ receivedAt: at, due: '2026-12-22T22:59:59.999Z' },
  timeline: [{ at, act: 'receive' }],
};

async function page(): Promise<Page> {
  const load = (file: string) =>
    import(new URL(`../../public/${file}.mjs`, import.meta.url).href) as Promise<Partial<Page>>;
  return { ...(await load('facts')), ...(await load('words')) } as Page;
}

describe('the page on which receipts are checked', () => {
  it('reads the receipt of a request to the person, line by line (001-34)', async () => {
    const { factsOf, WORDS } = await page();
    const receipt = requestReceipt(status, { note: 'All of it, please.' }, new Date(at));
    const lines = (language: 'en' | 'fr') =>
      factsOf(receipt, WORDS[language], language).map(({ name, value }) => `${name}: ${value}`);
    assert.deepEqual(lines('en'), [
      'Who answers for it: Maison Tilleul',
      'You asked for: the deletion of your data',
      'In your words: All of it, please.',
      'Received on: 22 November 2026 at 12:00 (UTC)',
      'To be answered by: 22 December 2026 at 22:59 (UTC)',
      'How it stood: received',
      'When this copy was made: 22 November 2026 at 12:00 (UTC)',
      'Number of the request: 0a7f0b52-3c1f-4d8c-9a54-6f0f4f1f5c99',
    ]);
    assert.equal(lines('fr')[1], 'Vous avez demandé: la suppression de vos données');
  });

  it('leaves out what cannot be read, and does not fail', async () => {
    const { factsOf, WORDS } = await page();
    const broken = { '@type': 'placet:RequestReceipt', request: { type: 'x', due: 'y', scope: 1 } };
    assert.deepEqual(factsOf(broken, WORDS.en, 'en'), []);
  });
});
