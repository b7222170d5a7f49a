import type { SeenRequest } from './messages.js';

/** Hosts browsers call on their own account: updates, safe browsing, settings, portal checks. */
const NOISE_HOSTS = [
  /(^|\.)mozilla\.(com|org|net)$/,
  /(^|\.)firefox\.com$/,
  /(^|\.)getpocket\.cdn\.mozilla\.net$/,
  /(^|\.)digicert\.com$/,
  /(^|\.)gvt[12]\.com$/,
  /^(accounts|clients\d*|update|safebrowsing(ohttpgateway)?)\.(google|googleapis)\.com$/,
  /^(optimizationguide-pa|content-autofill|edgedl\.me|android\.clients)\.(googleapis|google|gvt1)\.com$/,
  /(^|\.)edge\.microsoft\.com$/,
  /(^|\.)msedge\.net$/,
];

/** True for what no page asked for; a site icon counts, since browsers fetch it unasked. */
export function isNoise(request: SeenRequest): boolean {
  const name = request.host.replace(/:\d+$/, '');
  if (request.path === '/favicon.ico') return true;
  // Chromium asks who is signed in, and names an origin of its own.
  if (name === 'accounts.google.com' && request.path.startsWith('/ListAccounts?')) return true;
  // A page that loads something from such a host does name itself; the browser's own calls do not.
  const fromPage =
    request.headers['referer'] !== undefined || request.headers['origin'] !== undefined;
  return !fromPage && NOISE_HOSTS.some((pattern) => pattern.test(name));
}
