import type { Purpose, Signal } from './config.js';

/** The signals that follow a purpose unless its `signals` say otherwise (rules §3.1). */
export const DEFAULT_SIGNALS: Readonly<Record<string, readonly Signal[]>> = {
  necessary: ['security_storage'],
  preferences: ['functionality_storage', 'personalization_storage'],
  analytics: ['analytics_storage'],
  marketing: ['ad_storage', 'ad_user_data', 'ad_personalization'],
};

/** Signals of a purpose, its own or the default ones. */
export function signalsOf(purpose: Purpose): readonly Signal[] {
  return purpose.signals ?? DEFAULT_SIGNALS[purpose.id] ?? [];
}
