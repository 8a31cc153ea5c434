// Elements made of text. Nothing here or elsewhere reads markup: what people and the catalogue say is text.

/** @type {Record<string, string>} Paths of 24 x 24 px. */
const PATHS = {
  chat: "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z M7 9h10 M7 12.5h6",
  close: "M6 6l12 12 M18 6L6 18",
  menu: "M4 7h16 M4 12h16 M4 17h16",
  up: "M7 11v9H4v-9z M7 11l4-8c1.5 0 2.5 1 2.500 2.500L13 9h6a2 2 0 0 1 2 2.300l-1.200 7A2 2 0 0 1 17.800 20H7",
  down: "M17 13V4h3v9z M17 13l-4 8c-1.500 0-2.500-1-2.500-2.500L11 15H5a2 2 0 0 1-2-2.300l1.200-7A2 2 0 0 1 6.200 4H17",
  copy: "M9 9h11v12H9z M5 15H4V3h11v2",
  send: "M4 12h15 M13 6l6 6-6 6",
};

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} [className]
 * @param {...(Node | string)} content
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, className = "", ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** @param {string} name @returns {SVGSVGElement} A picture beside a text, hidden from screen readers. */
export function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  drawn.append(path);
  return drawn;
}

/** @param {string} text Without the marks that turn the order of what is read; the text's own direction is found by the browser. */
export function plain(text) {
  return text.replace(/[\u202a-\u202e]/g, "");
}

/**
 * A paragraph in its language: the frame of an answer is in the citizen's, its facts are in German.
 * @param {string} language @param {string} text
 */
export function spoken(language, text) {
  const made = element("p", "", plain(text));
  made.lang = language;
  made.dir = "auto";
  return made;
}

const SAFE = ["http:", "https:", "tel:"];

/**
 * A link to a page or a telephone number; null for any other address.
 * @param {string} title @param {string} url @param {string} hint what a screen reader is told of links that open another tab
 */
export function link(title, url, hint) {
  let target;
  try {
    target = new URL(url);
  } catch {
    return null;
  }
  if (!SAFE.includes(target.protocol)) return null;
  const made = element("a", "", element("bdi", "", plain(title)));
  made.href = target.href;
  made.rel = "noopener noreferrer";
  if (target.protocol === "tel:") return made;
  made.target = "_blank";
  made.append(element("span", "hidden", ` (${hint})`));
  return made;
}

/** @returns {string} 128 random bits. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
