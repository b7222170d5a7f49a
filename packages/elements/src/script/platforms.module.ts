import { tellPlatforms, type Privacy } from '@placet/core';

/** Keeps the platforms that the config names told of the choice, as long as the page is there. */
export function mount(privacy: Privacy): void {
  tellPlatforms(privacy);
}
