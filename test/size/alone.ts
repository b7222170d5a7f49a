import { fileURLToPath } from 'node:url';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifyHTMLLiterals } from 'minify-literals';
import { rollup, type Plugin } from 'rollup';

/** A page of its own that has an opt-in form, English words, a backend, and no banner. */
const PAGE = `
import { httpOptIns } from '@placet/contract';
import { provideOptIns } from '@placet/elements';
import '@placet/elements/opt-in/define.js';
import { texts } from '@placet/contract/locales/opt-in/en.js';
const subscriptions = httpOptIns({ baseUrl: '/placet' });
const capabilities = async () => ({ subscriptions: { channels: ['email'], links: true } });
const adapter = { name: 'http', capabilities, subscriptions };
provideOptIns({ config: window.placetConfig, adapter, locale: { language: 'en', texts } });
`;

const ENTRY = fileURLToPath(new URL('./alone.js', import.meta.url));

/** As our own build does. */
const minifyTemplates: Plugin = {
  name: 'minify-templates',
  transform: (code, fileName) =>
    /elements\/dist/.test(fileName) && /\b(html|css)\s*`/.test(code)
      ? minifyHTMLLiterals(code.replace(/\b(html|css)\s*`/g, '$1`'), { fileName })
      : null,
};

/** What a bundler makes of such a page from the packages as they are published, in one piece. */
export async function bundleAlone(): Promise<string> {
  const page = {
    name: 'page',
    resolveId: (id: string) => (id === ENTRY ? id : null),
    load: (id: string) => (id === ENTRY ? PAGE : null),
  };
  const bundle = await rollup({
    input: ENTRY,
    plugins: [page, nodeResolve({ browser: true, exportConditions: ['default'] }), minifyTemplates],
    onwarn: () => undefined,
  });
  const { output } = await bundle.generate({
    format: 'es',
    inlineDynamicImports: true,
    plugins: [
      terser({
        ecma: 2022,
        module: true,
        compress: {
          ...{ passes: 5, pure_getters: true },
          ...{ unsafe: true, unsafe_arrows: true, unsafe_methods: true },
        },
        format: { comments: false },
      }),
    ],
  });
  await bundle.close();
  return output[0].code;
}
