// Language, size and colours; copying, printing, saving; deleting.
import { element } from "./dom.js";
import { appearance, keepAppearance } from "./session.js";

/** @typedef {import("./texts.js").Texts} Texts */

const SIZES = ["100", "125", "150", "200"];
const THEMES = ["auto", "light", "dark", "contrast"];

export class Menu {
  /**
   * @param {Texts} texts
   * @param {{
   *   language: (code: string) => void, show: () => void, copy: () => void, print: () => void, save: () => void,
   *   remove: () => Promise<void>, closed: () => void, privacy: string,
   * }} does
   */
  constructor(texts, does) {
    this.texts = texts;
    this.does = does;
    this.node = texts.put(element("section", "menu"), "menue", { attribute: "aria-label" });
    this.node.id = "menue";
    this.node.hidden = true;
    const kept = appearance();
    this.language = this.select("sprache", Object.keys(GIVEN.languages), (code) => GIVEN.languages[code]);
    this.language.addEventListener("change", () => does.language(this.language.value));
    const size = this.select("groesse", SIZES, (one) => `${one} %`);
    size.value = kept.size ?? SIZES[0];
    size.addEventListener("change", () => this.appear({ size: size.value }));
    this.theme = this.select("farben", THEMES, null);
    this.theme.value = kept.theme ?? THEMES[0];
    this.theme.addEventListener("change", () => this.appear({ theme: this.theme.value }));
    this.node.append(this.button("alles_kopieren", does.copy), this.button("drucken", does.print), this.button("speichern", does.save));
    const privacy = texts.put(element("a", "button"), "datenschutz");
    privacy.href = does.privacy;
    privacy.target = "_blank";
    privacy.rel = "noopener";
    this.remove = this.button("loeschen", () => this.confirm());
    this.sure = element("div", "sure");
    this.sure.hidden = true;
    this.node.append(privacy, this.remove, this.sure);
  }

  /** @param {string} key @param {string[]} values @param {((value: string) => string) | null} name null: from the texts */
  select(key, values, name) {
    const { texts } = this;
    const made = element("select");
    for (const value of values) {
      const option = element("option", "", name ? name(value) : "");
      if (!name) texts.put(option, `${key}_${value}`);
      option.value = value;
      made.append(option);
    }
    this.node.append(element("label", "field", texts.put(element("span"), key), made));
    return made;
  }

  /** @param {string} key @param {() => void} press */
  button(key, press) {
    const made = this.texts.put(element("button", "button"), key);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  /** @param {{size?: string, theme?: string}} chosen */
  appear(chosen) {
    keepAppearance(chosen);
    this.does.show();
  }

  /** Asks once whether it is meant. */
  confirm() {
    this.remove.hidden = true;
    this.sure.hidden = false;
    const back = () => {
      this.sure.hidden = true;
      this.remove.hidden = false;
    };
    const yes = this.button("loeschen_ja", async () => {
      yes.disabled = true;
      await this.does.remove();
      back();
      this.close();
    });
    const no = this.button("loeschen_nein", () => {
      back();
      this.remove.focus();
    });
    this.sure.replaceChildren(this.texts.put(element("p"), "loeschen_frage"), yes, no);
    yes.focus();
  }

  open() {
    this.node.hidden = false;
    this.language.value = this.texts.language;
    this.language.focus();
  }

  close() {
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.does.closed();
  }
}
