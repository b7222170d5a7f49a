const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that a person typed, so that it stays text in HTML and in an attribute. */
export function escape(text) {
  return String(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}
