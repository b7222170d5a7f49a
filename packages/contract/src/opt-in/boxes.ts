import type { Controller, SiteConfig } from '../config.js';
import type { Marketing, Topic } from '../config.js';
import type { Channel, Choosable, ContactKind } from './opt-in.js';

/** The id of the site's own controller among those of its opt-ins. */
export const DEFAULT_CONTROLLER = 'default';

/** A box: what it stands for, with what its label names. */
export interface Box extends Choosable {
  topicConfig: Topic;
  controllerConfig: Controller;
}

/** Which of the site's topics, channels and controllers a form asks for. @default all */
export interface BoxFilter {
  topics?: readonly string[] | undefined;
  channels?: readonly string[] | undefined;
  controllers?: readonly string[] | undefined;
}

/** What a channel needs to reach somebody. */
export function contactKindOf(channel: Channel): ContactKind {
  return channel === 'email' ? 'email' : 'phone';
}

/** `newsletter/email/default`: names a box in forms and notices. */
export function choiceKey({ topic, channel, controller }: Choosable): string {
  return `${topic}/${channel}/${controller}`;
}

/** Who sends messages, by id: the site's own controller unless others are named. */
export function controllersOf({
  controller,
  marketing,
}: Pick<SiteConfig, 'controller' | 'marketing'>): readonly (Controller & { id: string })[] {
  return marketing?.controllers ?? [{ ...controller, id: DEFAULT_CONTROLLER }];
}

/** Every box of a form: topics × channels × controllers, in the configuration's order (001-26). */
export function boxesOf(
  config: Pick<SiteConfig, 'controller' | 'marketing'>,
  { topics, channels, controllers }: BoxFilter = {},
): readonly Box[] {
  const { marketing } = config;
  if (!marketing) return [];
  const isAsked = (names: readonly string[] | undefined, name: string) =>
    !names || names.includes(name);
  const asked: Marketing['channels'] = marketing.channels.filter((each) => isAsked(channels, each));
  return controllersOf(config)
    .filter(({ id }) => isAsked(controllers, id))
    .flatMap((controllerConfig) =>
      marketing.topics
        .filter(({ id }) => isAsked(topics, id))
        .flatMap((topicConfig) =>
          asked.map((channel) => ({
            topic: topicConfig.id,
            channel,
            controller: controllerConfig.id,
            topicConfig,
            controllerConfig,
          })),
        ),
    );
}
