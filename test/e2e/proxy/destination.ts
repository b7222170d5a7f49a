const BY_EXTENSION: Readonly<Record<string, string>> = {
  js: 'script',
  mjs: 'script',
  css: 'style',
  gif: 'image',
  png: 'image',
  jpg: 'image',
  svg: 'image',
  webp: 'image',
  html: 'iframe',
};

/**
 * What a resource is wanted for. Browsers say so only to secure origins, so plain http falls back
 * on the file name, then on what the request accepts.
 */
export function destinationOf(path: string, headers: Readonly<Record<string, string>>): string {
  const declared = headers['sec-fetch-dest'];
  if (declared && declared !== 'empty') return declared;
  const extension = /\.([a-z]+)(?:$|\?)/.exec(path)?.[1] ?? '';
  const guessed = BY_EXTENSION[extension];
  if (guessed) return guessed;
  if (declared) return '';
  const accept = headers['accept'] ?? '';
  if (accept.startsWith('image/')) return 'image';
  if (accept.startsWith('text/css')) return 'style';
  return accept.startsWith('text/html') ? 'document' : '';
}
