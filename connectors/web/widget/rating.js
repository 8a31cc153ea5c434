// Was this answer of use? With a reason where it was not, and at the end whether the citizen was helped.
import { iconButton } from "./answer.js";
import { element } from "./dom.js";
import { remember } from "./session.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {import("./conversation.js").Conversation} Conversation */

const REASONS = ["falsch", "unvollstaendig", "unverstaendlich", "anderes_thema"];

/**
 * Thumbs below an answer; they go where the server does not know them.
 * @param {string} id @param {Texts} texts @param {Conversation} conversation @param {(text: string) => void} announce
 */
export function thumbs(id, texts, conversation, announce) {
  const row = texts.put(element("div", "thumbs"), "bewerten", { attribute: "aria-label" });
  row.setAttribute("role", "group");
  const up = iconButton(texts, "up", "hilfreich", () => rate("up"));
  const down = iconButton(texts, "down", "nicht_hilfreich", () => rate("down"));
  const more = element("div", "reasons");
  row.append(up, down, more);
  show(conversation.kept?.ratings[id]);

  /** @param {string | undefined} value */
  function show(value) {
    up.setAttribute("aria-pressed", String(value === "up"));
    down.setAttribute("aria-pressed", String(value === "down"));
  }

  /** @param {"up" | "down"} value @param {string} [reason] */
  async function rate(value, reason) {
    if (!(await conversation.rate(id, reason ? { value, reason } : { value }))) {
      row.remove();
      announce(texts.get("bewerten_geht_nicht"));
      return;
    }
    if (conversation.kept) {
      conversation.kept.ratings[id] = value;
      remember(conversation.kept);
    }
    show(value);
    more.replaceChildren();
    if (value === "down" && !reason) ask();
    else {
      more.append(texts.put(element("p"), "danke"));
      announce(texts.get("danke"));
    }
  }

  function ask() {
    more.append(texts.put(element("p"), "warum"));
    for (const reason of REASONS) {
      const button = texts.put(element("button", "choice"), `warum_${reason}`);
      button.type = "button";
      button.addEventListener("click", () => {
        rate("down", reason);
        down.focus();
      });
      more.append(button);
    }
    announce(texts.get("warum"));
    /** @type {HTMLElement} */ (more.querySelector("button")).focus();
  }
  return row;
}

/**
 * "Konnte ich Ihnen helfen?", once in a conversation.
 * @param {Texts} texts @param {Conversation} conversation @param {(text: string) => void} announce
 */
export function closingQuestion(texts, conversation, announce) {
  const box = element("div", "entry closing", texts.put(element("p"), "geholfen"));
  for (const [key, solved] of /** @type {[string, boolean][]} */ ([["ja", true], ["nein", false]])) {
    const button = texts.put(element("button", "choice"), key);
    button.type = "button";
    button.addEventListener("click", async () => {
      const taken = await conversation.close(solved);
      const told = taken ? (solved ? "danke" : "mensch") : "bewerten_geht_nicht";
      box.replaceChildren(texts.put(element("p"), told));
      announce(texts.get(told));
    });
    box.append(button);
  }
  return box;
}
