// The one build file: every package's ESM with types, then the script tag's files.

import { createHash } from 'node:crypto';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { minifyHTMLLiterals } from 'minify-literals';

const packages = {
  contract: ['index', 'schema', 'conformance/index'],
  core: ['index', 'index.dev'],
  elements: [
    'index',
    'banner/banner',
    'banner/define',
    'preferences/preferences',
    'preferences/define',
    'embed/embed',
    'embed/define',
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
  platforms: 'script/platforms.module.ts',
  en: 'locales/en/banner.ts',
  'en-panel': 'locales/en/panel.ts',
  fr: 'locales/fr/banner.ts',
  'fr-panel': 'locales/fr/panel.ts',
};

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
        name = hash.digest('hex').slice(0, 6);
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

/** Sends along with the banner what all widgets build on, and apart what few visits need. */
function chunkOf(id) {
  if (/platforms|src\/signals/.test(id)) return 'platforms';
  if (/(contract|shared)\/(src\/)?notice\./.test(id)) return 'notice';
  if (/shared\/proof|locales\/..\/proof/.test(id)) return 'proof';
  const shared =
    /lit-html|js-cookie|contract\/src|core\/src\/(choosing|events)|elements\/src\/(banner|events|shared|script\/widgets)/;
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
    plugins: [minify()],
  },
  plugins: [...compile(), minifyTemplates, folder.modules],
};

/**
 * The outbox brings all that it needs: a page that only has something to send must not wait for
 * the banner, which would else carry what both use.
 */
const outboxModule = {
  input: { outbox: elements('script/outbox.module.ts') },
  treeshake,
  external: (id) => /widgets\.module|shared\/notice/.test(id),
  output: {
    dir: scriptFolder,
    format: 'es',
    entryFileNames: '[name].js',
    paths: (id) => (id.includes('widgets.module') ? './banner.js' : './notice.js'),
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
