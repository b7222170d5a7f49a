import { sign, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../canonical-json.js';

/** Every text, number and truth value in it, by its path. */
export function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

/** Puts another value in the place of one. */
export function change(
  receipt: object,
  path: readonly string[],
  make: (value: unknown) => unknown,
): void {
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (node, key) => node[key] as Record<string, unknown>,
      receipt as Record<string, unknown>,
    );
  parent[path.at(-1)!] = make(parent[path.at(-1)!]);
}

/** A receipt's JWS under any key. */
export function signed(
  receipt: Readonly<Record<string, unknown>>,
  key: KeyObject,
  kid: string,
): string {
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const data = `${encode(JSON.stringify({ alg: 'EdDSA', kid }))}.${encode(canonicalJson(receipt))}`;
  return `${data}.${sign(null, Buffer.from(data), key).toString('base64url')}`;
}
