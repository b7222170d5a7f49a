import type { PackageFormat } from '@placet/contract';
import type { RequestRow } from '../requests/row.js';
import type { PackageFile } from '../rights.js';

/** Collects what all systems hold of a person, and gives it out. */
export interface Packages {
  /** What was collected, as one file; read and written piece by piece. */
  open(request: RequestRow, format: PackageFormat): Promise<PackageFile>;
  /** Destroys packages that have expired. */
  tidy(): Promise<void>;
}
