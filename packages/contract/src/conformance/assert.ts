import { PlacetError, type ErrorCode } from '../errors.js';

/** Fails with a sentence that says which promise is not kept. */
export function expect(isKept: unknown, sentence: string): asserts isKept {
  if (!isKept) throw new Error(sentence);
}

/** Fails unless both are the same data, whatever the order of their keys. */
export function expectSame(actual: unknown, expected: unknown, sentence: string): void {
  const [got, wanted] = [sorted(actual), sorted(expected)];
  expect(got === wanted, `${sentence}\n  expected: ${wanted}\n  received: ${got}`);
}

/** Fails unless the call is refused with the code, by a rejected promise and no other way. */
export async function expectRefusal(
  call: () => Promise<unknown>,
  code: ErrorCode | readonly ErrorCode[],
  sentence: string,
): Promise<void> {
  const error = await failureOf(call, sentence);
  const codes: readonly ErrorCode[] = typeof code === 'string' ? [code] : code;
  expect(error, `${sentence} It was not refused.`);
  expect(
    codes.includes(error.code),
    `${sentence} It was refused with ${error.code} instead of ${codes.join(' or ')}.`,
  );
}

/** What a call rejects with, `undefined` if it resolves; fails for anything but a `PlacetError`. */
export async function failureOf(
  call: () => Promise<unknown>,
  sentence: string,
): Promise<PlacetError | undefined> {
  let promise: Promise<unknown>;
  try {
    promise = call();
  } catch (error) {
    throw new Error(`${sentence} It threw at once instead of rejecting: ${String(error)}`, {
      cause: error,
    });
  }
  try {
    await promise;
    return undefined;
  } catch (error) {
    expect(
      error instanceof PlacetError,
      `${sentence} It rejected with something other than a PlacetError: ${String(error)}`,
    );
    return error;
  }
}

/** Fails for what JSON would drop or change. */
export function expectPlain(data: unknown, what: string): void {
  const copy: unknown = JSON.parse(JSON.stringify(data) ?? 'null');
  expect(isSame(data, copy), `${what} must be plain data that survives JSON.`);
}

function isSame(one: unknown, other: unknown): boolean {
  if (!(one instanceof Object) || !(other instanceof Object)) return Object.is(one, other);
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const keys = Reflect.ownKeys(one);
  return (
    keys.length === Reflect.ownKeys(other).length &&
    keys.every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)))
  );
}

function sorted(data: unknown): string | undefined {
  return JSON.stringify(data, (_key, value: unknown) =>
    value instanceof Object && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
