// The window of the chat: everything between the launcher and the conversation.
import { iconButton } from "./answer.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element } from "./dom.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";
import { appearance, keepAppearance } from "./session.js";
import { copyText, printAlone, saveText } from "./transcript.js";

/** @typedef {import("./texts.js").Texts} Texts */

// Below this width, or on a low screen, the chat fills the screen and the page behind it rests.
const SMALL = "(max-width: 40rem), (max-height: 28rem)";
/** @type {Record<State, string>} */
const STATES = { ready: "", thinking: "schreibt", slow: "dauert", offline: "keine_verbindung" };
// A short wait is not worth a word to those who listen.
const THINKING_MS = 1500;
// Who walks through the window by screen reader does not find the last answer twice.
const TOLD_MS = 15000;

export class Panel {
  /**
   * @param {HTMLElement} host @param {Texts} texts @param {string} privacy
   * @param {(name: string, detail?: object) => void} emit
   */
  constructor(host, texts, privacy, emit) {
    this.host = host;
    this.texts = texts;
    this.emit = emit;
    this.conversation = new Conversation(texts.server);
    this.small = matchMedia(SMALL);
    this.small.addEventListener("change", () => this.dialog.open && this.show());
    const announce = this.announce.bind(this);
    const choose = this.say.bind(this);
    this.log = new Log(texts, this.conversation, { announce, choose, copy: (text) => this.copy(text) });
    this.composer = new Composer(texts, choose);
    this.menu = new Menu(texts, {
      language: (code) => this.speak(code, true), show: () => this.appear(), copy: () => this.copy(this.log.text()), print: () => this.print(),
      save: () => saveText(this.log.text(), `amtslotse-${new Date().toISOString().slice(0, 10)}.txt`),
      remove: () => this.delete(), closed: () => this.menuButton.setAttribute("aria-expanded", "false"), privacy,
    });
    this.title = texts.put(element("h2"), "titel");
    this.title.id = "titel";
    this.title.tabIndex = -1;
    this.menuButton = iconButton(texts, "menu", "menue", () => this.toggle());
    this.menuButton.setAttribute("aria-expanded", "false");
    this.menuButton.setAttribute("aria-controls", "menue");
    const head = element("div", "head", this.title, this.menuButton, iconButton(texts, "close", "schliessen", () => this.close()));
    this.status = element("p", "status");
    this.warning = element("div", "warning");
    this.warning.hidden = true;
    this.live = element("div", "hidden");
    this.live.setAttribute("role", "status");
    this.live.setAttribute("aria-live", "polite");
    this.dialog = element("dialog", "panel", head, this.menu.node, this.log.node, this.status, this.warning, this.composer.node, this.live);
    this.dialog.setAttribute("aria-labelledby", "titel");
    this.dialog.setAttribute("part", "panel");
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    /** @type {HTMLElement | null} */
    this.opener = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.gone = undefined;
    this.hearing();
  }

  hearing() {
    const { conversation, log } = this;
    /** @param {string} type @param {(detail: any) => void} does */
    const on = (type, does) => conversation.addEventListener(type, (event) => does(/** @type {CustomEvent} */ (event).detail));
    on("own", ({ id, own }) => log.own(id, own));
    on("answer", ({ reply, fresh }) => {
      this.composer.fit(reply.replies.at(-1)?.eingabe); // first: it takes its height from the log
      log.answer(reply, fresh);
      if (fresh) this.emit("answer", { intent: reply.intent?.name ?? null, service: reply.replies.at(-1)?.leistung?.id ?? null });
    });
    on("failed", ({ id, detail }) => log.failed(id, detail));
    on("state", ({ state }) => this.tellState(state));
    on("back", () => log.note("wieder_da"));
    on("warning", () => this.warn());
    on("renewed", () => (this.warning.hidden = true));
    on("ended", ({ reason, told }) => {
      this.warning.hidden = true;
      this.composer.fit(null);
      log.clear();
      log.welcome();
      log.note(`ende_${reason}`, told);
      this.emit("end", { reason });
    });
    setInterval(() => conversation.watch(), 5000);
    window.addEventListener("online", () => {
      conversation.network(true);
      this.attend();
    });
    window.addEventListener("offline", () => conversation.network(false));
    document.addEventListener("visibilitychange", () => this.attend());
  }

  /** Listens for answers as long as somebody looks: browsers have few connections to spare. */
  attend() {
    if (this.dialog.open && !document.hidden) {
      this.conversation.watch();
      this.conversation.listen();
    } else this.conversation.pause();
  }

  /** @param {State} state */
  tellState(state) {
    clearTimeout(this.later);
    const key = STATES[state];
    this.status.className = `status ${state}`;
    if (!key) {
      this.status.textContent = "";
      delete this.status.dataset.text;
      return;
    }
    this.texts.put(this.status, key);
    this.later = setTimeout(() => this.announce(this.texts.get(key)), state === "thinking" ? THINKING_MS : 0);
  }

  /** @param {string} text @param {string} [language] Says it once to those who listen. */
  announce(text, language = this.texts.code) {
    clearTimeout(this.later);
    const said = element("p", "", text);
    said.lang = language;
    this.live.replaceChildren(said);
    clearTimeout(this.gone);
    this.gone = setTimeout(() => this.live.replaceChildren(), TOLD_MS);
  }

  /** @param {string} text @param {Content} content */
  say(text, content) {
    this.conversation.say(text, content);
    this.emit("question");
  }

  /** @param {string} text */
  async copy(text) {
    const key = (await copyText(text)) ? "kopiert" : "nicht_kopiert";
    this.texts.put(this.status, key);
    this.announce(this.texts.get(key));
  }

  async delete() {
    await this.conversation.delete();
    this.composer.focus();
  }

  print() {
    this.menu.close();
    const modal = this.dialog.matches(":modal");
    if (modal) this.show(false); // what lies above everything is printed on one page only
    printAlone(this.host);
    if (modal) this.show();
  }

  /** Colours and size as they were chosen. */
  appear() {
    const { size, theme } = appearance();
    this.dialog.dataset.size = size ?? "100";
    this.host.dataset.theme = theme && theme !== "auto" ? theme : this.host.getAttribute("theme") ?? "auto";
  }

  /** @param {string} code @param {boolean} [chosen] by the citizen: then the Lotse is asked to speak so, too */
  async speak(code, chosen = false) {
    if (!(await this.texts.speak(code))) {
      this.texts.put(this.status, "sprache_fehlt");
      this.announce(this.texts.get("sprache_fehlt"));
      return;
    }
    this.dialog.lang = this.texts.code;
    this.dialog.dir = this.texts.direction;
    this.host.dir = this.texts.direction;
    this.texts.refresh(/** @type {ShadowRoot} */ (this.host.shadowRoot));
    if (!chosen) return;
    keepAppearance({ language: code });
    this.menu.close();
    this.composer.focus();
    this.say(this.texts.get("bitte_so_sprechen"), { text: this.texts.get("bitte_so_sprechen") });
  }

  toggle() {
    if (!this.menu.node.hidden) return this.menu.close();
    this.menuButton.setAttribute("aria-expanded", "true");
    this.menu.open();
  }

  /** The session ends soon: said once, with a way to go on. */
  warn() {
    const more = this.texts.put(element("button", "choice"), "weiter");
    more.type = "button";
    more.addEventListener("click", () => this.goOn());
    this.warning.replaceChildren(this.texts.put(element("p"), "endet_bald"), more);
    this.warning.hidden = false;
    this.announce(this.texts.get("endet_bald"));
  }

  goOn() {
    this.warning.hidden = true;
    this.conversation.renew();
    if (!this.dialog.contains(/** @type {ShadowRoot} */ (this.host.shadowRoot).activeElement)) this.composer.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.warning.hidden) this.goOn(); // any key shows that somebody is there
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.menu.node.hidden) return this.close();
    this.menu.close();
    this.menuButton.focus();
  }

  /** @param {boolean} [full] Puts the window above everything, or beside the page. */
  show(full = this.small.matches) {
    const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (this.host.shadowRoot).activeElement);
    this.dialog.close();
    if (full) this.dialog.showModal();
    else this.dialog.show();
    focused?.focus();
  }

  /** @param {HTMLElement} opener where the focus returns to */
  open(opener) {
    this.opener = opener;
    if (this.dialog.open) return this.composer.focus();
    this.show();
    // On a phone the keyboard would cover the greeting.
    if (this.small.matches) this.title.focus();
    else this.composer.focus();
    this.attend();
    if (navigator.onLine) this.conversation.api.notices().then((list) => this.log.notices(list));
    this.log.node.scrollTop = this.log.asked.size ? this.log.node.scrollHeight : 0;
    this.emit("open");
  }

  close() {
    if (!this.dialog.open) return;
    this.menu.close();
    this.dialog.close();
    this.attend();
    this.emit("close"); // first: the launcher is hidden while the chat is open, and would take no focus
    this.opener?.focus();
  }
}
