// <amts-lotse>: the launcher, the chat behind it, and what the page around may do with them (docs/einbettung.md).
import { element, icon } from "./dom.js";
import { Panel } from "./panel.js";
import { appearance } from "./session.js";
import { Texts } from "./texts.js";

const SCRIPT = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(GIVEN.style);

class AmtsLotse extends HTMLElement {
  static observedAttributes = ["language", "theme"];

  /** @type {Panel | undefined} */
  #panel;

  connectedCallback() {
    if (this.#panel) return;
    const server = new URL(this.getAttribute("server") ?? "/", SCRIPT ?? location.href).origin;
    const texts = new Texts(server);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [STYLE];
    const emit = (/** @type {string} */ name, detail = {}) => {
      if (name === "open" || name === "close") launcher.setAttribute("aria-expanded", String(name === "open"));
      this.dispatchEvent(new CustomEvent(`amtslotse-${name}`, { detail, bubbles: true, composed: true }));
    };
    const panel = new Panel(this, texts, this.getAttribute("privacy") ?? `${server}/so-funktioniert-es`, emit);
    this.#panel = panel;
    const name = this.getAttribute("label");
    const launcher = element("button", "launcher", icon("chat"), name ? element("span", "", name) : texts.put(element("span"), "oeffnen"));
    launcher.type = "button";
    launcher.setAttribute("part", "launcher");
    launcher.setAttribute("aria-haspopup", "dialog");
    launcher.setAttribute("aria-expanded", "false");
    launcher.addEventListener("click", () => (panel.dialog.open ? panel.close() : panel.open(launcher)));
    root.append(launcher, panel.dialog);
    panel.appear();
    panel.speak(this.#language());
    panel.conversation.restore();
    document.addEventListener("click", (event) => this.#pressed(event));
    if (this.hasAttribute("open")) panel.open(launcher);
  }

  disconnectedCallback() {
    this.#panel?.conversation.pause();
  }

  #language() {
    return appearance().language ?? this.getAttribute("language") ?? (document.documentElement.lang.slice(0, 2) || "de");
  }

  /** @param {MouseEvent} event A link of the page that opens the chat, with its question. Without script it leads where it leads. */
  #pressed(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target instanceof Element ? event.target.closest("[data-amtslotse]") : null;
    if (!(target instanceof HTMLElement)) return;
    event.preventDefault();
    this.open(target);
    if (target.dataset.amtslotse) this.ask(target.dataset.amtslotse);
  }

  attributeChangedCallback() {
    this.#panel?.appear();
    if (!appearance().language) this.#panel?.speak(this.#language());
  }

  /** @param {HTMLElement} [opener] where the focus returns to when the chat is closed */
  open(opener) {
    this.#panel?.open(opener ?? /** @type {HTMLElement} */ (this.shadowRoot?.querySelector(".launcher")));
  }

  close() {
    this.#panel?.close();
  }

  /** @param {string} question Asks it as if the citizen had typed it. */
  ask(question) {
    const text = String(question).trim().slice(0, 3000);
    if (text) this.#panel?.say(text, { text });
  }
}

if (!customElements.get("amts-lotse")) customElements.define("amts-lotse", AmtsLotse);
