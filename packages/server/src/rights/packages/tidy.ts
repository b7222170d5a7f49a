import type { RightsParts } from '../parts.js';

/** Destroys what has expired, and what was collected for requests that came to nothing. */
export async function tidyPackages({
  database,
  now,
}: Pick<RightsParts, 'database' | 'now'>): Promise<void> {
  await database.sql
    .deleteFrom('package_part')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('request')
          .select('request.id')
          .whereRef('request.site', '=', 'package_part.site')
          .whereRef('request.id', '=', 'package_part.request')
          .where(({ or, eb }) =>
            or([
              eb('request.package_until', '<=', now()),
              eb('request.state', 'in', ['refused', 'cancelled', 'expired']),
            ]),
          ),
      ),
    )
    .execute();
}
