// The one build file: every package's ESM with types, then the script tag's files.

import { createHash } from 'node:crypto';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { minifyHTMLLiterals } from 'minify-literals';

const packages = {
  contract: ['index', 'schema', 'conformance/index', 'locales/opt-in/en', 'locales/opt-in/fr'],
  core: ['index', 'index.dev'],
  elements: [
    'index',
    'banner/banner',
    'banner/define',
    'preferences/preferences',
    'preferences/define',
    'embed/embed',
    'embed/define',
    'opt-in/opt-in',
    'opt-in/define',
    'subscriptions/subscriptions',
    'subscriptions/define',
    'my-data/my-data',
    'my-data/define',
    'locales/en',
    'locales/fr',
  ],
  server: ['index', 'node', 'command/main'],
};

/** The script tag's modules, by the name that `placet.js` asks for. */
const modules = {
  banner: 'script/widgets.module.ts',
  preferences: 'script/preferences.module.ts',
  embed: 'script/embed.module.ts',
  'opt-in': 'script/opt-in.module.ts',
  // Asked for by the outbox, which is built apart.
  backend: 'script/backend.module.ts',
  subscriptions: 'script/subscriptions.module.ts',
  'my-data': 'script/my-data.module.ts',
  platforms: 'script/platforms.module.ts',
  ...wordsIn('en'),
  ...wordsIn('fr'),
};

/** What is said in a language: by the banner, and by each widget that comes later. */
function wordsIn(language) {
  return {
    [language]: `locales/${language}/banner.ts`,
    [`${language}-preferences`]: `locales/${language}/preferences.ts`,
    [`${language}-embed`]: `locales/${language}/embed.ts`,
    [`${language}-opt-in`]: `locales/${language}/opt-in.ts`,
    [`${language}-subscriptions`]: `script/words/${language}-subscriptions.module.ts`,
    [`${language}-my-data`]: `script/words/${language}-my-data.module.ts`,
  };
}

const scriptFolder = 'packages/elements/dist/script';
const elements = (file) => `packages/elements/src/${file}`;

/** One output file per source file, so that bundlers take what is used and nothing else. */
function buildPackage([name, entries]) {
  const folder = `packages/${name}`;
  return {
    input: entries.map((entry) => `${folder}/src/${entry}.ts`),
    external: (id) => !/^[./]/.test(id),
    output: {
      dir: `${folder}/dist`,
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: `${folder}/src`,
      sourcemap: true,
    },
    plugins: [
      typescript({
        tsconfig: `${folder}/tsconfig.json`,
        compilerOptions: {
          composite: false,
          incremental: false,
          emitDeclarationOnly: false,
          // Other packages are known by their built types here: they are built before.
          customConditions: [],
          outDir: `${folder}/dist`,
          tsBuildInfoFile: undefined,
        },
      }),
    ],
  };
}

/** Takes the white space out of `html` and `css` templates; TypeScript prints a space after the tag. */
const minifyTemplates = {
  name: 'minify-templates',
  transform(code, id) {
    if (id.includes('node_modules') || !/\b(html|css)\s*`/.test(code)) return null;
    // Named, so that media queries keep a syntax that these browsers read.
    const targets = { safari: (15 << 16) | (4 << 8), chrome: 99 << 16, firefox: 98 << 16 };
    return minifyHTMLLiterals(code.replace(/\b(html|css)\s*`/g, '$1`'), {
      fileName: id,
      css: { targets },
    });
  },
};

/** Puts the modules into a folder named after what is in them, and tells `placet.js` its name. */
function versionedFolder() {
  let name = '';
  /** Modules that were built apart, before. */
  const apart = [];
  return {
    apart: {
      name: 'wait-for-folder',
      generateBundle(_options, bundle) {
        for (const [fileName, { code }] of Object.entries(bundle)) {
          apart.push({ type: 'asset', fileName, source: code });
          delete bundle[fileName];
        }
      },
    },
    modules: {
      name: 'name-folder',
      generateBundle(_options, bundle) {
        const chunks = Object.values(bundle).filter((chunk) => chunk.type === 'chunk');
        const hash = createHash('sha256');
        for (const { code } of chunks) hash.update(code);
        for (const { source } of apart) hash.update(source);
        // Short, since each sign of it is one of placet.js.
        name = parseInt(hash.digest('hex').slice(0, 12), 16).toString(36).slice(-4);
        for (const chunk of chunks) chunk.fileName = `${name}/${chunk.fileName}`;
        for (const asset of apart)
          this.emitFile({ ...asset, fileName: `${name}/${asset.fileName}` });
      },
    },
    loader: {
      name: 'folder-name',
      resolveId: (id) => (id === 'virtual:placet-folder' ? `\0${id}` : null),
      load: (id) =>
        id === '\0virtual:placet-folder' ? `export const FOLDER = ${JSON.stringify(name)};` : null,
    },
  };
}

/** Lit counts its copies on `globalThis` of the page, for a warning that its development build gives. */
const withoutCount = {
  name: 'without-count',
  transform(code, id) {
    if (!id.endsWith('/lit-html.js')) return null;
    const [counting] = /,\w+=\w+\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\)/.exec(code) ?? [];
    if (!counting) this.error('lit-html counts its copies in another way');
    return { code: code.replace(counting, ''), map: null };
  },
};

/** What opt-ins and requests are made of: few pages have them, and hardly any has two of their widgets. */
const OPT_INS =
  /contract\/src\/(index|opt-in\/|rights\/|locales\/|notice|encoding)|shared\/(save-file|named|take-token)|src\/opt-in-events|locales\/..\/(opt-in|proof|choices)/;
/** What sends them: an opt-in form asks when it is sent, the others at once. */
const SENDING = /contract\/src\/adapters\/|script\/backend|opt-in\/delivery/;

/**
 * Gives each of the three a copy of its own: a chunk that they shared would be asked for only once
 * theirs is there, and no visitor waits for a third request in a row.
 */
const ownCopies = {
  name: 'own-copies',
  async resolveId(source, importer) {
    const [file, mark] = importer?.split('?own=') ?? [];
    const own =
      mark ??
      /elements\/src\/(?:script\/(?:words\/..-)?)?(opt-in|subscriptions|my-data)[./]/.exec(
        file,
      )?.[1];
    if (!own) return null;
    const resolved = await this.resolve(source, file, { skipSelf: true });
    const { id = '' } = resolved ?? {};
    const isOwn = OPT_INS.test(id) || (own !== 'opt-in' && SENDING.test(id));
    return isOwn ? `${id}?own=${own}` : resolved;
  },
  async load(id) {
    const [file, own] = id.split('?own=');
    return own ? (await this.load({ id: file })).code : null;
  },
};

/** Sends along with the banner what all widgets build on, and apart what few visits need. */
function chunkOf(id) {
  if (/\?own=|contract\/src\/locales/.test(id)) return undefined;
  if (SENDING.test(id)) return 'backend';
  if (/platforms|src\/signals/.test(id)) return 'platforms';
  if (/(contract|shared)\/(src\/)?notice\./.test(id)) return 'notice';
  if (/shared\/(proof|save-file)|locales\/..\/proof/.test(id)) return 'proof';
  const shared =
    /lit-html|js-cookie|contract\/src|core\/src\/(?!outbox)|elements\/src\/(banner|events|shared|script\/widgets)/;
  return shared.test(id) ? 'banner' : undefined;
}

const folder = versionedFolder();
const compile = () => [
  nodeResolve({ exportConditions: ['source'], browser: true }),
  typescript({
    tsconfig: 'packages/elements/tsconfig.script.json',
    compilerOptions: { outDir: scriptFolder },
  }),
];
/**
 * Short names in a fixed order: terser's own depends on how often each letter occurs, the folder's
 * name included, so that any change anywhere would change `placet.js` by some bytes.
 */
const names = {
  // Run by a worker, which gets the text of this function alone.
  get(index) {
    const letters = 'tenocrasidulfpmgwhbyvxSLOkDETACjqzIRNPMFUVBGHWKJQXYZ_$';
    let name = '';
    for (let left = index + 1; left > 0; left = Math.floor(left / letters.length))
      name += letters[--left % letters.length];
    return name;
  },
};

const minify = (compress) =>
  terser({
    ecma: 2022,
    module: true,
    compress: {
      ...{ passes: 5, pure_getters: true },
      ...{ unsafe: true, unsafe_arrows: true, unsafe_methods: true },
      ...compress,
    },
    mangle: { nth_identifier: names, properties: { regex: /^_\$placet/ } },
    format: { comments: false },
  });
// js-cookie and Lit make objects at import; where nothing uses them, nothing misses them.
const treeshake = { moduleSideEffects: (id) => !id.includes('node_modules') };

const scriptModules = {
  input: Object.fromEntries(Object.entries(modules).map(([name, file]) => [name, elements(file)])),
  treeshake,
  // What several modules share goes along with the banner, on which all others build.
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: scriptFolder,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    manualChunks: chunkOf,
    onlyExplicitManualChunks: true,
    plugins: [minify()],
  },
  plugins: [ownCopies, withoutCount, ...compile(), minifyTemplates, folder.modules],
};

/**
 * The outbox brings all that it needs: a page that only has something to send must not wait for
 * the banner, which would else carry what both use.
 */
const outboxModule = {
  input: { outbox: elements('script/outbox.module.ts') },
  treeshake,
  external: (id) => /(widgets|backend)\.module|shared\/notice/.test(id),
  output: {
    dir: scriptFolder,
    format: 'es',
    entryFileNames: '[name].js',
    paths: (id) =>
      `./${/widgets/.test(id) ? 'banner' : /backend/.test(id) ? 'backend' : 'notice'}.js`,
    plugins: [minify()],
  },
  plugins: [...compile(), folder.apart],
};

/** A classic script: it must run where it stands, and know its own address. */
function classicScript(input, file) {
  return {
    input: elements(input),
    treeshake,
    output: {
      file: `${scriptFolder}/${file}`,
      format: 'iife',
      generatedCode: 'es2015',
      // Brotli finds more alike where comparisons stay as they are written.
      plugins: [minify({ lhs_constants: false })],
    },
    plugins: [folder.loader, ...compile()],
  };
}

/** The script of the page that checks receipts: the server puts it into the page, so that it stands alone. */
const verifyPage = {
  input: 'packages/server/public/verify.mjs',
  treeshake,
  output: { file: 'packages/server/dist/verify/verify.js', format: 'iife', plugins: [minify()] },
  plugins: [nodeResolve({ browser: true })],
};

/** Warnings about our own code fail the build; those about what others wrote say nothing to us. */
function onwarn(warning, warn) {
  const files = [warning.loc?.file, warning.id, ...(warning.ids ?? [])];
  // The modules that only pass names on make chunks look circular; the chunks themselves are not.
  if (warning.code === 'CIRCULAR_CHUNK') return;
  if (!files.some((file) => file?.includes('node_modules'))) warn(warning);
}

export default [
  ...Object.entries(packages).map(buildPackage),
  outboxModule,
  scriptModules,
  classicScript('script/placet.ts', 'placet.js'),
  classicScript('script/placet.dev.ts', 'placet.dev.js'),
  verifyPage,
].map((config) => ({ ...config, onwarn }));
