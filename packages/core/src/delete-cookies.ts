/** Every path at which a cookie visible to this page can stand: `/`, `/en`, `/en/`, `/en/book`… */
function visiblePaths(pathname: string): string[] {
  const paths = ['/'];
  let path = '';
  for (const part of pathname.split('/').filter(Boolean)) {
    path += `/${part}`;
    paths.push(path, `${path}/`);
  }
  return paths;
}

/** Every domain at which one can stand: this host alone, then it and each parent. */
function visibleDomains(hostname: string): string[] {
  const labels = hostname.split('.');
  return ['', ...labels.map((_, index) => `;domain=${labels.slice(index).join('.')}`)];
}

/**
 * Deletes cookies by name over all domain and path pairs, since a script cannot
 * see which pair a cookie was set with (C-14, DP-23).
 *
 * Written raw rather than through js-cookie, which encodes names: a tracker's
 * own name must be hit exactly.
 */
export function deleteCookies(isDoomed: (name: string) => boolean): void {
  try {
    for (const pair of document.cookie.split('; ')) {
      const name = pair.split('=')[0]!;
      if (!name || !isDoomed(name)) continue;
      for (const domain of visibleDomains(location.hostname))
        for (const path of visiblePaths(location.pathname))
          document.cookie = `${name}=;max-age=0;path=${path}${domain}${location.protocol === 'https:' ? ';secure' : ''}`;
    }
  } catch {
    // No cookies here, so none to delete.
  }
}

/** Tells whether a cookie's name fits a declared one, in which `*` stands for anything: `_pk_*`. */
export function matchesCookie(name: string, pattern: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return RegExp(`^${pieces.join('.*')}$`).test(name);
}
