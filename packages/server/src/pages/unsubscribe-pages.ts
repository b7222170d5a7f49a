import { pageResponse, piece } from './layout.js';
import type { Words } from './words.js';

/**
 * Two buttons, the first for everything (002-35). Looking changes nothing, and the page says nothing
 * of whether the link is anybody's.
 */
export function unsubscribePage(
  words: Words,
  { action, topic }: { action: string; topic?: string | undefined },
): Response {
  return pageResponse({
    words,
    title: words.page('unsubscribeTitle'),
    body: piece`<p>${words.page('unsubscribeText')}</p>
<form method="post" action="${action}">
<p><button class="main" type="submit">${words.page('stopAll')}</button></p>
</form>
${
  topic !== undefined &&
  piece`<form method="post" action="${action}">
<input type="hidden" name="topic" value="${topic}">
<p><button type="submit">${words.page('stopOnly', { topic: words.topic(topic) })}</button></p>
</form>`
}`,
  });
}

/** The answer to every unsubscription, whatever the token was. */
export function stoppedPage(words: Words, topic: string | undefined): Response {
  const text =
    topic === undefined
      ? words.page('stoppedAll')
      : words.page('stoppedTopic', { topic: words.topic(topic) });
  return pageResponse({
    words,
    title: words.page('stoppedTitle'),
    body: piece`<p role="status">${text}</p>`,
  });
}
