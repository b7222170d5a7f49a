import type { SiteConfig } from '../config.js';
import type { NewRequest } from '../rights/request.js';

/** A valid request made now: for access, unless something else is asked for. */
export function sampleRequest(config: SiteConfig, overrides: Partial<NewRequest> = {}): NewRequest {
  return {
    id: crypto.randomUUID(),
    type: 'access',
    at: new Date().toISOString(),
    language: 'en',
    page: 'https://shop.example/my-data',
    ...(config.site !== undefined && { site: config.site }),
    ...overrides,
  };
}
