/**
 * Writes `schema/config.schema.json`, which editors read to help with a
 * configuration. Run it after a change of the schema:
 * `node --import tsx --conditions=source packages/contract/scripts/json-schema.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import * as z from 'zod/mini';
import { siteConfigSchema } from '../src/schema/site-config.js';
import { configDocs } from './config-docs.js';

/** Where the generated file lies. */
export const SCHEMA_FILE = fileURLToPath(new URL('../schema/config.schema.json', import.meta.url));

/** The text of the JSON Schema. Draft 7, which editors know best. */
export async function configJsonSchema(): Promise<string> {
  const schema = z.toJSONSchema(siteConfigSchema, {
    target: 'draft-07',
    io: 'input',
    metadata: configDocs(),
  });
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 100 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(SCHEMA_FILE, await configJsonSchema());
}
