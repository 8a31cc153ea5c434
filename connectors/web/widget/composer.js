// Where the citizen writes; while a form asks, with the input that fits the question and the way through it.
import { element, icon } from "./dom.js";

/** @typedef {import("./texts.js").Texts} Texts */

const MOST = 3000;
/** @type {Record<string, string>} */
const KEYBOARDS = { zahl: "decimal", email: "email" };
// What the bot understands at any question of a form; in other languages than German it asks in English.
const WAYS = { antrag_zurueck: "back", antrag_pause: "later", antrag_abbrechen: "cancel" };

export class Composer {
  /** @param {Texts} texts @param {Choose} say */
  constructor(texts, say) {
    this.texts = texts;
    this.say = say;
    this.label = texts.put(element("label", "caption"), "frage");
    this.area = element("textarea");
    this.area.id = "frage";
    this.area.rows = 1;
    this.area.setAttribute("enterkeyhint", "send");
    this.area.setAttribute("aria-describedby", "hinweis");
    this.label.htmlFor = "frage";
    this.day = element("input");
    this.day.type = "date";
    this.day.hidden = true;
    this.day.id = "tag";
    this.write = element("button", "link");
    this.write.type = "button";
    this.write.hidden = true;
    texts.put(this.write, "lieber_schreiben");
    const send = texts.put(element("button", "send", icon("send")), "senden", { attribute: "aria-label" });
    this.hint = texts.put(element("p", "small"), "hinweis");
    this.hint.id = "hinweis";
    this.wrong = element("p", "wrong");
    this.wrong.id = "falsch";
    this.progress = element("div", "progress");
    this.progress.hidden = true;
    const row = element("div", "row", this.area, this.day, send);
    this.node = element("form", "composer", this.progress, this.label, this.wrong, row, this.write, this.hint);
    this.node.noValidate = true;
    this.node.addEventListener("submit", (event) => this.submit(event));
    this.area.addEventListener("input", () => this.mend());
    this.day.addEventListener("input", () => this.mend());
    this.area.addEventListener("keydown", (event) => {
      // Enter sends, Shift and Enter makes a new line; not while an input method is composing.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.node.requestSubmit();
    });
    this.write.addEventListener("click", () => {
      this.asDay(this.day.hidden);
      this.focus();
    });
  }

  focus() {
    (this.day.hidden ? this.area : this.day).focus();
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    const text = this.day.hidden ? this.area.value.trim() : this.day.value.split("-").reverse().join(".");
    this.focus();
    if (!text || text.length > MOST) {
      this.complain(text ? "zu_lang" : this.day.hidden ? "leer" : "kein_datum");
      return;
    }
    this.area.value = "";
    this.day.value = "";
    this.mend();
    this.say(text, { text });
  }

  /** @param {string} key */
  complain(key) {
    this.texts.put(this.wrong, key);
    for (const field of [this.area, this.day]) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", "falsch");
    }
  }

  mend() {
    this.wrong.textContent = "";
    delete this.wrong.dataset.text;
    for (const field of [this.area, this.day]) {
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", "hinweis");
    }
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight + 2}px`;
  }

  /** @param {Eingabe | null | undefined} field What the last answer asks for; nothing outside a form. */
  fit(field) {
    const { texts } = this;
    if (field) {
      this.label.textContent = field.titel;
      delete this.label.dataset.text;
    } else texts.put(this.label, "frage");
    this.area.inputMode = KEYBOARDS[field?.art ?? ""] ?? "text";
    this.area.setAttribute("autocomplete", field?.zweck ?? "off");
    this.day.setAttribute("autocomplete", field?.zweck ?? "off");
    this.day.min = field?.von ?? "";
    this.day.max = field?.bis ?? "";
    this.asDay(field?.art === "datum");
    this.write.hidden = field?.art !== "datum";
    this.progress.hidden = !field;
    this.hint.hidden = Boolean(field); // what it warns of is asked for here
    this.progress.replaceChildren();
    if (!field) return;
    const bar = element("progress");
    bar.max = field.anzahl;
    bar.value = field.nummer - 1;
    const values = { n: field.nummer, alle: field.anzahl };
    texts.put(bar, "fortschritt", { attribute: "aria-label", values });
    const ways = Object.entries(WAYS).map(([key, english]) => {
      const button = texts.put(element("button", "link"), key);
      button.type = "button";
      button.addEventListener("click", () => this.say(texts.get(key), { text: texts.code === "de" ? GIVEN.texts[key] : english }));
      return button;
    });
    this.progress.append(texts.put(element("span"), "fortschritt", { values }), bar, element("span", "ways", ...ways));
  }

  /** @param {boolean} day Whether a date is picked and not typed. */
  asDay(day) {
    this.day.hidden = !day;
    this.area.hidden = day;
    this.label.htmlFor = (day ? this.day : this.area).id;
    this.texts.put(this.write, day ? "lieber_schreiben" : "lieber_datum");
  }
}
