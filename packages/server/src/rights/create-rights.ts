import type { Handler } from '../jobs/jobs.js';
import { errorName } from '../log/entry.js';
import { withPatience } from '../systems/patience.js';
import { createPlacetSystem } from '../systems/placet-system.js';
import { createErasure, erasureHandlers } from './erasure/create-erasure.js';
import type { Erasure } from './erasure/erasure.js';
import { createIdentity, identityHandlers } from './identity/create-identity.js';
import type { Identity } from './identity/identity.js';
import { createPackages, packageHandlers } from './packages/create-packages.js';
import type { Packages } from './packages/packages.js';
import type { RightsParts } from './parts.js';
import { createRecipients, recipientHandlers } from './recipients/create-recipients.js';
import type { Recipients } from './recipients/recipients.js';
import { createRightsService, requestHandlers } from './requests/create-requests.js';
import type { RightsService } from './rights.js';

/** Options of {@link createRights}. */
export type RightsOptions = Omit<
  RightsParts,
  'identity' | 'packages' | 'erasure' | 'recipients' | 'rights'
>;

/** Everything about people's rights, put together. */
export interface Rights {
  service: RightsService;
  identity: Identity;
  packages: Packages;
  erasure: Erasure;
  recipients: Recipients;
  parts: RightsParts;
  handlers: Record<string, Handler>;
  /** Destroys what has had its time. */
  tidy(): Promise<void>;
}

/** Puts identity, requests, packages, erasure and recipients together; Placet's own data is a system, too. */
export function createRights(options: RightsOptions): Rights {
  const parts: RightsParts = {
    ...options,
    systems: [
      ...options.systems.map((system) => withPatience(system)),
      createPlacetSystem(() => parts),
    ],
    identity: () => identity,
    packages: () => packages,
    erasure: () => erasure,
    recipients: () => recipients,
    rights: () => service,
  };
  const identity = createIdentity(parts);
  const packages = createPackages(parts);
  const erasure = createErasure(parts);
  const recipients = createRecipients(parts);
  const service = createRightsService(parts);
  return {
    service,
    identity,
    packages,
    erasure,
    recipients,
    parts,
    handlers: {
      ...identityHandlers(parts),
      ...requestHandlers(parts),
      ...packageHandlers(parts),
      ...erasureHandlers(parts),
      ...recipientHandlers(parts),
    },
    async tidy() {
      for (const part of [identity, packages, erasure])
        try {
          await part.tidy();
        } catch (error) {
          options.log({ level: 'error', event: 'rights/not-tidied', cause: errorName(error) });
        }
    },
  };
}
