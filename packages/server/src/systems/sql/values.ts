import type { Value } from '../system.js';
import { quoteColumn } from './names.js';
import type { ShapeColumn } from './shape.js';

/** What is larger is named with its size alone. */
const LARGEST_BINARY = 1_048_576;

/**
 * Reads a column as text that means the same on every server and with every driver: days and times
 * in ISO 8601, bytes in base64.
 */
export function readAsText({ name, type }: Pick<ShapeColumn, 'name' | 'type'>): string {
  const column = `t.${quoteColumn(name)}`;
  const dated = (text: string) =>
    `case when isfinite(${column}) then ${text} else ${column}::text end`;
  switch (type) {
    case 'date':
      return dated(`to_char(${column}, 'YYYY-MM-DD')`);
    case 'timestamp without time zone':
      return dated(`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS')`);
    case 'timestamp with time zone':
      return dated(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
    case 'bytea':
      return `case when octet_length(${column}) > ${LARGEST_BINARY}
        then '[binary ' || octet_length(${column}) || ' bytes]'
        else translate(encode(${column}, 'base64'), chr(10), '') end`;
    default:
      return `${column}::text`;
  }
}

/** What was read so, as a value; a number only where none of its digits is lost. */
export function valueOf(type: string, text: unknown): Value {
  if (text === null || text === undefined) return null;
  const plain = String(text);
  if (type === 'boolean') return plain === 'true';
  if (!/^(smallint|integer|bigint|real|double precision)$/.test(type)) return plain;
  const number = Number(plain);
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
    ? number
    : plain;
}
