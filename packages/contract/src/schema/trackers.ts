/**
 * Cookies of advertising, audience and session-recording tools. None of them
 * can be strictly necessary for what the visitor asked for (DP-18).
 */
const TRACKERS: readonly (readonly [owner: string, ...names: string[]])[] = [
  ['Google Analytics', '_ga*', '_gid', '_gat*', '__utm*', '_dc_gtm_*', 'AMP_TOKEN'],
  ['Google Ads', '_gcl_*', '_gac_*', 'IDE', 'DSID', 'ANID', '__gads', '__gpi', 'FPAU', 'FPLC'],
  ['Meta', '_fbp', '_fbc'],
  ['Microsoft Advertising', '_uet*', 'MUID'],
  ['Microsoft Clarity', '_clck', '_clsk', 'CLID'],
  ['Hotjar', '_hj*'],
  ['TikTok', '_ttp', '_tt_*', 'ttclid'],
  ['Pinterest', '_pin_unauth', '_pinterest_*'],
  ['Snapchat', '_scid*', 'sc_at'],
  ['LinkedIn', 'bcookie', 'li_fat_id', 'li_sugr', 'UserMatchHistory', 'AnalyticsSyncHistory'],
  ['X', 'muc_ads', 'personalization_id', '_twclid'],
  ['YouTube', 'VISITOR_INFO1_LIVE'],
  ['HubSpot', 'hubspotutk', '__hstc', '__hssc', '__hssrc'],
  ['Criteo', 'cto_bundle', 'uid_criteo'],
  ['Mixpanel', 'mp_*_mixpanel'],
  ['Amplitude', 'amplitude_*'],
  ['Yandex Metrica', '_ym_*'],
];

/**
 * Whether a declared name (`_pk_*`) covers a real one. Walks the parts between
 * the stars, because a regular expression of many stars can take for ever.
 */
export function coversCookie(declared: string, name: string): boolean {
  const [first, ...rest] = declared.split('*') as [string, ...string[]];
  const last = rest.pop();
  if (last === undefined) return declared === name;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** Who is known to track with a cookie that this declared name covers, or is covered by: `_ga`, `_ga_*`, `_g*`. */
export function trackerOwner(declared: string): string | undefined {
  const example = (pattern: string) => pattern.replaceAll('*', 'x');
  return TRACKERS.find(([, ...names]) =>
    names.some(
      (name) => coversCookie(name, example(declared)) || coversCookie(declared, example(name)),
    ),
  )?.[0];
}
