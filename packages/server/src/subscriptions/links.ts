import type { SiteConfig } from '@placet/contract';

/** Addresses of the pages that messages link to. Tokens stand in them, names and addresses never. */
export interface Links {
  /** The page with the button that confirms. */
  confirm(token: string): string;
  /** One-click target of RFC 8058, and the page that offers it. */
  unsubscribe(token: string): string;
  /** The preference centre: the site's own page, where there is one, else the backend's. */
  manage(site: string, token: string): string;
}

/** Options of {@link createLinks}. */
export interface LinksOptions {
  /** `https://www.example.com`, without a slash at the end. */
  publicUrl: string;
  endpoint: string;
  sites: ReadonlyMap<string, SiteConfig>;
}

export function createLinks({ publicUrl, endpoint, sites }: LinksOptions): Links {
  const at = (path: string, token: string) => `${publicUrl}${endpoint}${path}?token=${token}`;
  return {
    confirm: (token) => at('/subscriptions/confirm', token),
    unsubscribe: (token) => at('/unsubscribe', token),
    manage(site, token) {
      const own = sites.get(site)?.marketing?.manageUrl;
      // In the fragment, which browsers send to nobody.
      return own === undefined
        ? at('/subscriptions/manage', token)
        : `${new URL(own, `${publicUrl}/`).href.replace(/#.*$/, '')}#placet=${token}`;
    },
  };
}
