// How an answer looks: text, facts, documents to tick off, links, sources, buttons.
import { element, icon, link, plain, spoken } from "./dom.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {{texts: Texts, choose: Choose, ticked: (key: string) => boolean, tick: (key: string, on: boolean) => void}} Tools */

/** @param {Texts} texts @param {string} key Who speaks, for those who do not see the bubbles. Set apart: it may run the other way. */
export function speaker(texts, key) {
  return element("bdi", "hidden", texts.put(element("span"), key), ": ");
}

/** @param {Answer} one @param {string} key names its documents @param {Tools} tools */
export function answerBubble(one, key, tools) {
  const { texts } = tools;
  const bubble = element("div", "bubble");
  const lead = spoken(one.sprache, one.text);
  if (one.absender === "mensch") {
    // Seen by everybody: here a person writes.
    bubble.classList.add("person");
    bubble.append(element("p", "sender", plain(sender(one))));
  } else lead.prepend(speaker(texts, "lotse"));
  bubble.append(lead);
  if (one.fakten.length) bubble.append(facts(one.fakten, key, tools));
  if (one.nachtrag) bubble.append(spoken(one.sprache, one.nachtrag));
  const links = one.links.map((each) => link(each.title, each.url, texts.get("neuer_tab"))).filter((each) => each !== null);
  if (links.length) {
    const list = texts.put(element("ul", "links"), "links", { attribute: "aria-label" });
    list.append(...links.map((each) => element("li", "", each)));
    bubble.append(list);
  }
  if (one.quellenangaben.length) bubble.append(sources(one, texts));
  return bubble;
}

/** @param {Answer} one @returns {string} The person who writes; "" where it is the Lotse. */
function sender(one) {
  return one.absender === "mensch" ? (one.absender_name ?? "") : "";
}

/** @param {Answer} one @returns {string} */
function said(one) {
  return [sender(one), one.text].filter(Boolean).join(": ");
}

/** @param {Fact[]} list @param {string} key @param {Tools} tools */
function facts(list, key, tools) {
  if (list.every((fact) => fact.art === "unterlage")) return documents(list, key, tools);
  const made = element(list[0].art === "schritt" ? "ol" : "ul", list.some((fact) => fact.button) ? "cards" : "");
  made.lang = "de";
  made.dir = "auto";
  made.append(...list.map((fact) => {
    const item = element("li");
    let text = sourced(fact);
    if (fact.button) {
      item.append(choice(fact.button, tools.choose));
      text = text.startsWith(fact.button.title) ? text.slice(fact.button.title.length) : text;
    }
    item.append(text);
    return item;
  }));
  return made;
}

/** @param {Fact} fact */
function sourced(fact) {
  return plain(fact.beleg ? `${fact.text} [${fact.beleg}]` : fact.text);
}

/** @param {Fact[]} list @param {string} key @param {Tools} tools */
function documents(list, key, { texts, ticked, tick }) {
  const made = texts.put(element("ul", "documents"), "abhaken", { attribute: "aria-label" });
  list.forEach((fact, at) => {
    const box = element("input");
    box.type = "checkbox";
    box.checked = ticked(`${key}:${at}`);
    box.addEventListener("change", () => tick(`${key}:${at}`, box.checked));
    const text = element("span", "", sourced(fact));
    text.lang = "de";
    text.dir = "auto";
    made.append(element("li", "", element("label", "", box, text)));
  });
  return made;
}

/** @param {Answer} one @param {Texts} texts */
function sources({ quellenangaben, quelle }, texts) {
  const made = element("div", "sources");
  made.lang = "de";
  const several = quellenangaben.length > 1;
  quellenangaben.forEach((line, at) => {
    const page = !several && quelle?.url ? link(line, quelle.url, texts.get("neuer_tab")) : null;
    made.append(element("p", "", several ? `[${at + 1}] ` : "", page ?? plain(line)));
  });
  return made;
}

/** @param {Button[]} buttons @param {Tools} tools */
export function choices(buttons, { texts, choose }) {
  const group = texts.put(element("div", "choices"), "auswahl", { attribute: "aria-label" });
  group.setAttribute("role", "group");
  group.append(...buttons.map((button) => choice(button, choose)));
  return group;
}

/** @param {Button} button @param {Choose} choose */
function choice({ title, payload }, choose) {
  const made = element("button", "choice", plain(title));
  made.type = "button";
  made.addEventListener("click", () => choose(title, { payload }));
  return made;
}

/** @param {Answer} one @returns {string} As plain text, for copying and for the screen reader. */
export function answerText(one) {
  const listed = one.fakten.map((fact, at) => (fact.art === "schritt" ? `${at + 1}. ${sourced(fact)}` : `• ${sourced(fact)}`));
  const links = one.links.map(({ title, url }) => `${title}: ${url}`);
  const several = one.quellenangaben.length > 1;
  const lines = one.quellenangaben.map((line, at) => (several ? `[${at + 1}] ${line}` : line));
  return [[said(one), ...listed].join("\n"), one.nachtrag, links.join("\n"), lines.join("\n")].filter(Boolean).join("\n\n");
}

/** @param {Answer} one @returns {string} What is read out: everything but addresses and sources, then what may be chosen. */
export function answerSpoken(one) {
  const listed = one.fakten.map((fact) => fact.text);
  const parts = [said(one), ...listed, one.nachtrag ?? "", ...one.buttons.map((button) => button.title)].filter(Boolean);
  return plain(parts.map((part) => (/[.:!?…]$/.test(part) ? part : `${part}.`)).join("\n"));
}

/**
 * A small button with a picture and a name.
 * @param {Texts} texts @param {string} drawing @param {string} key @param {() => void} press
 */
export function iconButton(texts, drawing, key, press) {
  const made = texts.put(element("button", "icon", icon(drawing)), key, { attribute: "aria-label" });
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
