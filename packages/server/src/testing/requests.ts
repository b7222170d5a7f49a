import { randomUUID } from 'node:crypto';
import type { NewRequest } from '@placet/contract';
import type { Person } from '../rights/rights.js';
import { CAMILLE, NAMESAKE } from './memory-system.js';

/** Camille by the address alone, as a mailed link lets in. */
export const CAMILLE_SIGNED_IN: Person = { contacts: { email: CAMILLE.email! }, by: 'link' };
/** Of the same name, and somebody else. */
export const NAMESAKE_SIGNED_IN: Person = { contacts: NAMESAKE, by: 'link' };

/** A request that the service takes; for access, unless it is told otherwise. */
export function testRequest(changed: Partial<NewRequest> = {}): NewRequest {
  return {
    id: randomUUID(),
    type: 'access',
    at: '2026-11-22T11:59:58.000Z',
    language: 'en',
    page: 'https://shop.example/my-data/',
    ...changed,
  };
}

/** So many hours after a time. */
export function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}
