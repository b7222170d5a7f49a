import ts from 'typescript';

/** Something found in a source file, and the line it stands on. */
export interface Found {
  line: number;
  text: string;
  /** For an import: loaded when it is asked for, not with the file. */
  isLazy?: boolean;
}

/** Parses a source file, by its path, without looking at any other. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Every module that a file names: static, dynamic and type imports, and re-exports. */
export function importsOf(file: ts.SourceFile): Found[] {
  const found: Found[] = [];
  visit(file, (node) => {
    const name = specifierOf(node);
    if (name && ts.isStringLiteralLike(name))
      found.push({ ...at(file, node, name.text), isLazy: ts.isCallExpression(node) });
  });
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const isDynamic =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic ? node.arguments[0] : undefined;
}

/** Names that exist in a browser only: read at import, they would break a server. */
const BROWSER_ONLY = new Set([
  'window',
  'self',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'customElements',
  'CSSStyleSheet',
  'HTMLElement',
  'MutationObserver',
  'addEventListener',
]);

/** What a file would do, remember or need merely by being imported. */
export function effectsOf(file: ts.SourceFile): Found[] {
  const found: Found[] = [];
  const add = (node: ts.Node, text: string) => void found.push(at(file, node, text));
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      if (!(statement.declarationList.flags & ts.NodeFlags.Const))
        add(statement, 'keeps state in a module');
    } else if (!isDeclaration(statement)) add(statement, 'runs at import');
  }
  visitEvaluated(file, (node) => {
    if (ts.isAwaitExpression(node)) add(node, 'waits at import');
    if (ts.isDecorator(node) && /^@customElement\b/.test(node.getText(file)))
      add(node, 'registers an element at import');
    if (ts.isIdentifier(node) && BROWSER_ONLY.has(node.text) && isValue(node))
      add(node, `reads \`${node.text}\` at import`);
  });
  return found;
}

function isDeclaration(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  );
}

/** Visits what runs when the module is evaluated, so not the bodies of functions, nor types. */
function visitEvaluated(node: ts.Node, act: (node: ts.Node) => void): void {
  node.forEachChild((child) => {
    if (ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child)) return;
    if (ts.isInterfaceDeclaration(child) || ts.isModuleDeclaration(child)) return;
    if (ts.isFunctionLike(child) && !isCalledAtOnce(child)) {
      // Decorators run with the class, whatever they stand on.
      if (ts.canHaveDecorators(child))
        for (const decorator of ts.getDecorators(child) ?? []) act(decorator);
      return;
    }
    const isInstanceField =
      ts.isPropertyDeclaration(child) &&
      !child.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    if (isInstanceField) return;
    act(child);
    visitEvaluated(child, act);
  });
}

function isCalledAtOnce(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent)
    ? ts.isCallExpression(parent.parent) && parent.parent.expression === parent
    : ts.isCallExpression(parent) && parent.expression === node;
}

/** True for a name that is looked up, not one that names a property or declares something. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isTypeOfExpression(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    (ts.canHaveModifiers(parent) && (parent as { name?: ts.Node }).name === node)
  );
}

function visit(node: ts.Node, act: (node: ts.Node) => void): void {
  act(node);
  node.forEachChild((child) => visit(child, act));
}

function at(file: ts.SourceFile, node: ts.Node, text: string): Found {
  return { line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, text };
}
