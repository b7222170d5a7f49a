import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { settle } from './choices.js';
import { sampleNotice } from './conformance/sample.js';
import { entriesOfNotice, knownEntries } from './known-entries.js';
import { canonicalNotice, type NoticePart } from './notice.js';
import { arbitraryConfig, arbitraryPurposes } from './testing/arbitrary-config.js';

const service = (id: string) => ({ id, name: id, owner: 'O' });

describe('knownEntries', () => {
  it('names each purpose that is asked and its services, and nothing that is necessary (G-14)', () => {
    const purposes = [
      { id: 'necessary', services: [service('session')] },
      { id: 'basket', necessary: true },
      { id: 'analytics', services: [service('matomo')] },
      { id: 'marketing' },
    ];
    assert.deepEqual(
      [...knownEntries({ purposes })],
      ['analytics', 'analytics/matomo', 'marketing'],
    );
  });

  it('holds every entry that a decision can get', () => {
    fc.assert(
      fc.property(arbitraryPurposes(), fc.infiniteStream(fc.boolean()), (purposes, coins) => {
        const names = purposes.flatMap(({ id, services = [] }) => [
          id,
          ...services.map((each) => `${id}/${each.id}`),
        ]);
        const choices = Object.fromEntries(names.map((name) => [name, coins.next().value]));
        const { granted, denied } = settle(choices, purposes);
        const known = knownEntries({ purposes });
        return [...granted, ...denied].every((entry) => known.has(entry));
      }),
    );
  });
});

describe('entriesOfNotice', () => {
  it('names what a notice names, services under their purpose', () => {
    const text = canonicalNotice([
      ['title', 'Your choices'],
      ['purpose', 'necessary', 'Necessary', ''],
      ['service', 'session', 'S', 'O'],
      ['purpose', 'analytics', 'Analytics', ''],
      ['service', 'matomo', 'Matomo', 'InnoCraft'],
      ['cookie', '_pk_*', '13 months'],
      ['service', 'clarity', 'Clarity', 'Microsoft'],
      ['purpose', 'marketing', 'Marketing', ''],
      ['choice', 'refuse', 'Refuse all'],
    ]);
    assert.deepEqual(
      [...entriesOfNotice(text)],
      ['analytics', 'analytics/matomo', 'analytics/clarity', 'marketing'],
    );
  });

  it('finds every entry of the configuration that a notice was made from', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        const found = entriesOfNotice(sampleNotice(config));
        return [...knownEntries(config)].every((entry) => found.has(entry));
      }),
    );
  });

  it('finds nothing in what is no canonical notice, nor in the texts of one', () => {
    assert.equal(entriesOfNotice('purpose\tmarketing\n').size, 0);
    assert.equal(entriesOfNotice('').size, 0);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parts: NoticePart[] = [['title', `${text}\npurpose\tmarketing`]];
        return entriesOfNotice(canonicalNotice(parts)).size === 0;
      }),
    );
  });

  it('counts no service that stands before any purpose, and no empty id', () => {
    const text = canonicalNotice([
      ['service', 'matomo'],
      ['purpose', ''],
      ['service', 'maps'],
    ]);
    assert.equal(entriesOfNotice(text).size, 0);
  });
});
