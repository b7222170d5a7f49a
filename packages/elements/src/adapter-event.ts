/** Type of the event that tells widgets that `privacy.adapter` is there now. */
export const ADAPTER = 'placet-adapter';
