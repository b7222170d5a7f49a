import * as z from 'zod/mini';
import type { Controller } from '../config.js';
import * as words from './words.js';

/** Who answers for the data, of a site or of messages. */
export function controllerShape() {
  return {
    name: words.word('The name', /\S/, "Write the shop's or company's name."),
    privacyUrl: words.address("The privacy policy's address"),
    contact: z.exactOptional(words.contact()),
  } satisfies words.ShapeOf<Controller>;
}
