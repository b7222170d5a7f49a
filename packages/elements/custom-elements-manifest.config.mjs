// What @custom-elements-manifest/analyzer reads; `npm run manifest` runs it.

/** What every element has from the platform, or for its own rendering, says nothing to a page. */
const HOOKS = /^(\w+Callback|observedAttributes|formAssociated|styles|define)$/;

export default {
  globs: [
    'src/{banner,preferences,embed}/*.ts',
    'src/opt-in/{opt-in,attributes,define}.ts',
    'src/subscriptions/{subscriptions,events,define}.ts',
    'src/my-data/{my-data,events,define}.ts',
    'src/shared/placet-element.ts',
    'src/{events,opt-in-events}.ts',
  ],
  exclude: ['**/*.test.ts', '**/*.styles.ts'],
  packagejson: false,
  quiet: true,
  plugins: [observed(), publicOnly(), described(), defined(), asPublished(), sorted()],
};

/** Finds the names of attributes also where they are spread over several lines. */
function observed() {
  return {
    name: 'observed',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isPropertyDeclaration(node) || node.name.getText() !== 'observedAttributes') return;
      const names = [...node.initializer.getText().matchAll(/'([\w-]+)'/g)];
      const owner = moduleDoc.declarations.find(({ name }) => name === node.parent.name.getText());
      owner.attributes = names.map(([, name]) => ({ name }));
    },
  };
}

/** Leaves out what no page can use, and events that the analyzer takes from the names of fields. */
function publicOnly() {
  const isPublic = ({ name, privacy }) => !privacy && !HOOKS.test(name);
  return {
    name: 'public-only',
    packageLinkPhase({ customElementsManifest: { modules } }) {
      for (const each of modules.flatMap(({ declarations }) => declarations)) {
        if (each.members) each.members = each.members.filter(isPublic);
        if (each.events)
          each.events = each.events.filter(({ name }) => /^placet-/.test(name ?? ''));
      }
    },
  };
}

/** An attribute is what the property of its name is. */
function described() {
  return {
    name: 'described',
    packageLinkPhase({ customElementsManifest: { modules } }) {
      for (const { attributes = [], members = [] } of modules.flatMap((each) => each.declarations))
        for (const attribute of attributes) {
          const property = attribute.name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
          const field = members.find(({ name }) => name === property);
          if (!field) continue;
          const { type, description } = field;
          Object.assign(attribute, { type, description, fieldName: field.name });
          Object.assign(field, { attribute: attribute.name, reflects: true });
        }
    },
  };
}

/** Says which module registers a tag: the analyzer cannot read that from `Class.define(tag)`. */
function defined() {
  return {
    name: 'defined',
    packageLinkPhase({ customElementsManifest: { modules } }) {
      for (const { path, declarations } of modules)
        for (const { name, tagName } of declarations) {
          const define = modules.find((each) => each.path === path.replace(/[^/]+$/, 'define.ts'));
          if (!tagName || !define) continue;
          const declaration = { name, module: path };
          define.exports.push({ kind: 'custom-element-definition', name: tagName, declaration });
        }
    },
  };
}

/** Paths as a package manager unpacks them: what is built, not what it is built from. */
function asPublished() {
  const built = (path) => path.replace(/^\/?src\/(.*)\.[tj]s$/, 'dist/$1.js');
  const walk = (value) => {
    if (typeof value !== 'object' || !value) return;
    for (const [key, each] of Object.entries(value))
      if ((key === 'module' || key === 'path') && typeof each === 'string')
        value[key] = built(each);
      else walk(each);
  };
  return {
    name: 'as-published',
    packageLinkPhase: ({ customElementsManifest }) => walk(customElementsManifest),
  };
}

/** File systems list in orders of their own. */
function sorted() {
  return {
    name: 'sorted',
    packageLinkPhase({ customElementsManifest: { modules } }) {
      modules.sort((one, other) => (one.path < other.path ? -1 : 1));
    },
  };
}
