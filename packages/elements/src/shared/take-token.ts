/**
 * Takes the token of a message's link, `#placet=…`, out of the address: whoever looks over a
 * shoulder, at the history or at a screenshot finds nothing that opens the page again.
 *
 * @param name of the part of the fragment
 */
export function takeToken(name: string): string | undefined {
  const [address, fragment = ''] = location.href.split('#');
  const [, token] = RegExp(`(?:^|&)${name}=([^&]+)`).exec(fragment) ?? [];
  if (token) history.replaceState(history.state, '', address);
  return token;
}
