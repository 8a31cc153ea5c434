// The conversation on paper, in a file, or in the clipboard. Nothing of it goes to a server.
import { element } from "./dom.js";

/** @param {string} text @returns {Promise<boolean>} whether it is in the clipboard */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page without HTTPS
  }
}

/** @param {string} text @param {string} name */
export function saveText(text, name) {
  const file = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  const made = element("a");
  made.href = file;
  made.download = name;
  made.click();
  setTimeout(() => URL.revokeObjectURL(file), 10000);
}

/** @param {HTMLElement} host Prints it alone: everything of the page around that does not hold it stays off the paper. */
export function printAlone(host) {
  const name = host.localName;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media print { body, body * { position: static !important; }
    body *:not(${name}):not(:has(${name})) { display: none !important; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const done = () => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet));
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
