// What this tab keeps, in its session storage: it is gone with the tab, and with the conversation.

const CONVERSATION = "amtslotse";
const APPEARANCE = "amtslotse-anzeige";
// As many messages as the server keeps events.
const MOST_OWN = 100;

/** @param {string} key @returns {any} */
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {object | null} value */
function write(key, value) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value));
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage the chat works until the page is left.
  }
}

/** @returns {Kept | null} The conversation of this tab; null where there is none or its time is over. */
export function remembered() {
  /** @type {Kept | null} */
  const kept = read(CONVERSATION);
  return kept && kept.token && kept.until > Date.now() ? kept : null;
}

/** @param {Kept | null} kept */
export function remember(kept) {
  if (kept) {
    const ids = Object.keys(kept.own);
    for (const old of ids.slice(0, Math.max(0, ids.length - MOST_OWN))) delete kept.own[old];
  }
  write(CONVERSATION, kept);
}

/** @returns {{language?: string, size?: string, theme?: string}} */
export function appearance() {
  return read(APPEARANCE) ?? {};
}

/** @param {{language?: string, size?: string, theme?: string}} chosen */
export function keepAppearance(chosen) {
  write(APPEARANCE, { ...appearance(), ...chosen });
}
