// The widget's own words, in the language that was chosen. German comes with the script, the others when they are asked for.

const RIGHT_TO_LEFT = ["ar"];

export class Texts {
  /** @param {string} server */
  constructor(server) {
    this.server = server;
    this.language = "de";
    /** @type {Record<string, string>} */
    this.words = GIVEN.texts;
  }

  /** ISO 639-1 code: Einfache Sprache is German. */
  get code() {
    return this.language === "einfach" ? "de" : this.language;
  }

  get direction() {
    return RIGHT_TO_LEFT.includes(this.language) ? "rtl" : "ltr";
  }

  /** @param {string} language Fetches its words; stays as it is when they do not come. @returns {Promise<boolean>} */
  async speak(language) {
    if (language === this.language) return true;
    if (!(language in GIVEN.languages)) return false;
    let words = GIVEN.texts;
    if (language !== "de") {
      try {
        const response = await fetch(`${this.server}/widget/texte/${language}.json`, { signal: AbortSignal.timeout(4500) });
        if (!response.ok) return false;
        words = await response.json();
      } catch {
        return false;
      }
    }
    this.words = words;
    this.language = language;
    return true;
  }

  /** @param {string} key @param {Record<string, string | number>} [values] @returns {string} */
  get(key, values = {}) {
    return (this.words[key] ?? GIVEN.texts[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /**
   * Writes a text, or with `attribute` for instance a label, and again when the language changes.
   * @template {HTMLElement} T
   * @param {T} node @param {string} key @param {{attribute?: string, values?: Record<string, string | number>}} [more] @returns {T}
   */
  put(node, key, { attribute = "", values } = {}) {
    if (attribute) node.setAttribute(attribute, this.get(key, values));
    else node.textContent = this.get(key, values);
    node.dataset[attribute ? "label" : "text"] = attribute ? `${attribute} ${key}` : key;
    if (values) node.dataset.values = JSON.stringify(values);
    return node;
  }

  /** @param {ParentNode} root */
  refresh(root) {
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-text], [data-label]"))) {
      const { text, label, values } = node.dataset;
      const known = values ? JSON.parse(values) : undefined;
      if (text) node.textContent = this.get(text, known);
      if (!label) continue;
      const [attribute, key] = label.split(" ");
      node.setAttribute(attribute, this.get(key, known));
    }
  }
}
