// The conversation as it is seen: bubbles, notes, what failed.
import { answerBubble, answerSpoken, answerText, choices, iconButton, speaker } from "./answer.js";
import { element, plain } from "./dom.js";
import { closingQuestion, thumbs } from "./rating.js";
import { remember } from "./session.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {import("./conversation.js").Conversation} Conversation */

// After these the citizen is likely done.
const FAREWELLS = ["dank", "verabschiedung"];
const EXAMPLES = ["beispiel_1", "beispiel_2", "beispiel_3", "beispiel_4"];

export class Log {
  /**
   * @param {Texts} texts @param {Conversation} conversation
   * @param {{announce: (text: string, language?: string) => void, choose: Choose, copy: (text: string) => void}} tools
   */
  constructor(texts, conversation, { announce, choose, copy }) {
    this.texts = texts;
    this.conversation = conversation;
    this.announce = announce;
    this.choose = choose;
    this.copy = copy;
    this.node = texts.put(element("div", "log"), "verlauf", { attribute: "aria-label" });
    this.node.setAttribute("role", "log");
    this.node.setAttribute("aria-live", "off"); // one other region tells each answer once
    this.node.tabIndex = 0;
    /** @type {Map<string, HTMLElement>} */
    this.asked = new Map();
    /** @type {WeakMap<Element, string>} */
    this.texted = new WeakMap();
    /** @type {HTMLElement | null} */
    this.newest = null;
    /** @type {HTMLElement | null} */
    this.target = null;
    this.welcome();
  }

  /** What stands there before anything is said. */
  welcome() {
    const { texts } = this;
    const bubble = element("div", "bubble", texts.put(element("p"), "willkommen"), texts.put(element("p", "small"), "willkommen_daten"));
    const group = texts.put(element("div", "choices"), "beispiele", { attribute: "aria-label" });
    group.setAttribute("role", "group");
    for (const key of EXAMPLES) {
      const button = texts.put(element("button", "choice"), key);
      button.type = "button";
      button.addEventListener("click", () => this.choose(texts.get(key), { text: texts.get(key) }));
      group.append(button);
    }
    this.node.append(element("div", "entry welcome", bubble, group));
  }

  /** @param {Notice[]} list Stands above everything, in place of those before. */
  notices(list) {
    for (const old of this.node.querySelectorAll(".notice")) old.remove();
    this.node.prepend(...list.map(({ text }) => element("p", "entry notice", plain(text))));
    if (list.length) this.announce(list.map(({ text }) => text).join("\n"), "de");
  }

  clear() {
    this.node.replaceChildren();
    this.asked.clear();
  }

  /** @param {string} id @param {Own} own */
  own(id, { text }) {
    const shown = element("p", "entry own", speaker(this.texts, "sie"), plain(text));
    shown.dir = "auto";
    this.asked.set(id, shown);
    this.texted.set(shown, text);
    this.node.append(shown);
    this.newest = shown;
    this.see(shown);
  }

  /** @param {string} key @param {string} [told] in place of the text, by the Lotse */
  note(key, told) {
    const shown = element("p", "entry note");
    if (told) shown.textContent = plain(told);
    else this.texts.put(shown, key);
    this.node.append(shown);
    this.announce(told ?? this.texts.get(key));
    this.see(shown);
  }

  /** @param {Reply} reply @param {boolean} fresh whether it is told aloud */
  answer(reply, fresh) {
    const id = reply.message_id;
    this.asked.get(`!${id}`)?.remove();
    const entries = reply.replies.map((one, at) => this.entry(one, `${id}:${at}`, at === reply.replies.length - 1 ? id : ""));
    this.place(id, entries);
    if (!fresh) return;
    const [first] = reply.replies;
    this.announce(reply.replies.map(answerSpoken).join("\n"), first?.sprache);
    if (FAREWELLS.includes(reply.intent?.name ?? "") && this.ask()) this.place(id, []);
  }

  /** @param {Answer} one @param {string} key @param {string} rated id of the message where the thumbs stand, else "" */
  entry(one, key, rated) {
    const { texts, conversation, choose } = this;
    const kept = conversation.kept;
    const tools = {
      texts, choose,
      ticked: (/** @type {string} */ each) => Boolean(kept?.ticks[each]),
      tick: (/** @type {string} */ each, /** @type {boolean} */ on) => {
        if (!kept) return;
        if (on) kept.ticks[each] = true;
        else delete kept.ticks[each];
        remember(kept);
      },
    };
    const made = element("div", "entry", answerBubble(one, key, tools));
    if (!one.eingabe) { // nobody copies or rates the question of a form
      const below = element("div", "below", iconButton(texts, "copy", "kopieren", () => this.copy(answerText(one))));
      if (rated && !one.vertraulich && one.absender !== "mensch") below.prepend(thumbs(rated, texts, conversation, this.announce));
      made.append(below);
    }
    if (one.buttons.length) made.append(choices(one.buttons, tools));
    this.texted.set(made, answerText(one));
    return made;
  }

  /** @param {string} id @param {HTMLElement[]} entries An answer stands below its question, also when two are under way. */
  place(id, entries) {
    const question = this.asked.get(id);
    if (!question) {
      this.node.append(...entries);
      return;
    }
    question.after(...entries);
    // The question at the top and its answer below; nobody is scrolled away from a later question.
    if (this.newest === question) this.see(question);
  }

  /** @param {string} id @param {string} detail */
  failed(id, detail) {
    const { texts } = this;
    this.asked.get(`!${id}`)?.remove();
    const told = detail || texts.get("nicht_gesendet");
    const entry = element("div", "entry failed", element("p", "", told));
    const again = texts.put(element("button", "choice"), "nochmal");
    again.type = "button";
    again.addEventListener("click", () => {
      this.node.focus();
      entry.remove();
      this.conversation.again(id);
    });
    entry.append(again);
    this.asked.set(`!${id}`, entry);
    this.place(id, [entry]);
    this.announce(told);
  }

  /** @returns {boolean} whether the closing question was asked: it is once in a conversation */
  ask() {
    const kept = this.conversation.kept;
    if (!kept || kept.closed) return false;
    kept.closed = true;
    remember(kept);
    this.node.append(closingQuestion(this.texts, this.conversation, this.announce));
    return true;
  }

  /** @returns {string} The whole conversation as plain text. */
  text() {
    const { texts } = this;
    const lines = [...this.node.children].flatMap((entry) => {
      const text = this.texted.get(entry);
      return text === undefined ? [] : [`${texts.get(entry.classList.contains("own") ? "sie" : "lotse")}:\n${text}`];
    });
    return [texts.get("titel"), new Date().toLocaleString(texts.code), ...lines].join("\n\n");
  }

  /** @param {HTMLElement} entry Scrolls it to the top of the log, and never the page around: once a frame, however much comes at once. */
  see(entry) {
    if (!this.target) requestAnimationFrame(() => {
      const target = /** @type {HTMLElement} */ (this.target);
      this.target = null;
      this.node.scrollTop += target.getBoundingClientRect().top - this.node.getBoundingClientRect().top - 8;
    });
    this.target = entry;
  }
}
