import {
  addMonths,
  choiceKey,
  type Frequency,
  type OptInForm,
  type SubscriptionChange,
  type Subscriptions,
} from '@placet/contract';

/** For how many months messages can be paused. */
export const PAUSES = [1, 3, 6] as const;

/** What the person changed and did not save yet; what was never touched is not in it. */
export interface Draft {
  /** By the box's key. */
  boxes: Readonly<Record<string, boolean>>;
  /** `''`: no wish. */
  frequency?: string;
  /** A number of months; `''`: no pause; `keep`: the one that holds. */
  pause?: string;
}

/** What saving sends of it. */
export type Changes = Pick<SubscriptionChange, 'choices' | 'frequency' | 'pausedUntil'>;

export const NO_DRAFT: Draft = { boxes: {} };

/** Whether a box is on: as the person left it, else as it stands. */
export function isOn(key: string, { boxes }: Draft, { items }: Subscriptions): boolean {
  return boxes[key] ?? items.some((item) => choiceKey(item) === key && item.status === 'active');
}

/** Until when messages are paused, if they are. */
export function pauseOf({ pausedUntil }: Subscriptions, now: Date): Date | undefined {
  const end = pausedUntil === undefined ? undefined : new Date(pausedUntil);
  return end && end > now ? end : undefined;
}

/** What saving changes; nothing at all where everything is as before. */
export function changesOf(
  { boxes, frequency, pause }: Draft,
  form: OptInForm,
  found: Subscriptions,
  now: Date,
): Changes | undefined {
  const choices = form.boxes
    .filter(({ key }) => key in boxes && boxes[key] !== isOn(key, NO_DRAFT, found))
    .map(({ key, box: { topic, channel, controller } }) => ({
      ...{ topic, channel, controller },
      granted: boxes[key]!,
    }));
  const isOther = frequency !== undefined && frequency !== (found.frequency ?? '');
  const isPaused = !!pauseOf(found, now);
  const isMoved = pause !== undefined && pause !== (isPaused ? 'keep' : '');
  if (!choices.length && !isOther && !isMoved) return undefined;
  return {
    ...(choices.length && { choices }),
    ...(isOther && { frequency: (frequency || null) as Frequency | null }),
    ...(isMoved && { pausedUntil: pause ? addMonths(now, +pause).toISOString() : null }),
  };
}
