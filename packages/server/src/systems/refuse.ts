import { PlacetError } from '@placet/contract';

/** @throws {PlacetError} `config/invalid`, in a sentence that says what to write instead */
export function refuse(sentence: string): never {
  throw new PlacetError('config/invalid', sentence);
}
