/**
 * Every value that the page's cookies hold under a name, decoded; none where cookies are blocked.
 *
 * js-cookie answers one copy only, and not always the fresh one. A query string's
 * parser answers all, and decodes without ever throwing: one broken copy does
 * not hide the others.
 */
export function cookieValues(name = 'placet'): string[] {
  try {
    const query = document.cookie.replace(/[&+]/g, encodeURIComponent).replace(/; /g, '&');
    return new URLSearchParams(query).getAll(name);
  } catch {
    return [];
  }
}
