// The chat page: sends questions, shows semantic answers. Text is only ever set with textContent.
"use strict";

const KEY = "lotse";
const WAIT_MS = 60000; // the gateway answers within 45 s, also when the bot is restarting
const SLOW_MS = 6000;
const log = document.getElementById("verlauf");
const status = document.getElementById("status");
const form = document.getElementById("eingabe");
const input = document.getElementById("frage");
const deleteButton = document.getElementById("loeschen");
const copy = Object.fromEntries(
  [...document.getElementById("texte").content.querySelectorAll("[data-text]")].map((one) => [one.dataset.text, one.textContent]),
);

let session = remembered();
let starting = null;
let waiting = 0;
let slow = 0;
const answered = new Set();

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

// What the citizen wrote stays in this tab, so that a reload can show it next to the answers.
function remember() {
  try {
    if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage the chat works until the page is left.
  }
  deleteButton.hidden = !session;
}

class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function api(method, path, body, signal) {
  const headers = session ? { Authorization: `Bearer ${session.token}` } : {};
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/api/v1/conversations${path}`, { method, headers, body: body && JSON.stringify(body), signal });
  } catch {
    throw new Problem(0, copy.verbindung);
  }
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Problem(response.status, told.detail || copy.verbindung);
}

// Two questions at once begin one conversation, not two.
function begin() {
  // Staff who try something come with ?pruefung=1: it counts in no figure.
  starting ??= api("POST", "", new URLSearchParams(location.search).has("pruefung") ? { pruefung: true } : undefined)
    .then((response) => response.json())
    .then(({ id, token }) => {
      session = { id, token, own: {} };
      remember();
    })
    .finally(() => (starting = null));
  return starting;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function speaker(name) {
  return element("span", "hidden", `${name}: `);
}

function own(messageId, text) {
  const entry = element("p", "entry own");
  entry.dir = "auto";
  entry.append(speaker(copy.sie), text);
  entry.dataset.message = messageId;
  log.append(entry);
  return entry;
}

function note(text) {
  log.append(element("p", "entry note", text));
}

const SAFE = ["http:", "https:", "tel:"];
function link({ title, url }) {
  let target;
  try {
    target = new URL(url);
  } catch {
    return null;
  }
  if (!SAFE.includes(target.protocol)) return null;
  const made = element("a", "", title);
  made.href = target.href;
  made.rel = "noopener noreferrer";
  if (target.protocol !== "tel:") {
    made.target = "_blank";
    made.append(element("span", "hidden", ` (${copy.extern})`));
  }
  const item = element("li");
  item.append(made);
  return item;
}

function facts(list) {
  const steps = list[0].art === "schritt";
  const made = element(steps ? "ol" : "ul", list[0].art === "unterlage" ? "documents" : "");
  for (const fact of list) {
    const item = element("li");
    let text = fact.beleg ? `${fact.text} [${fact.beleg}]` : fact.text;
    if (fact.button) {
      item.append(choice(fact.button));
      text = text.slice(fact.button.title.length);
    }
    item.append(text);
    made.append(item);
  }
  return made;
}

// The frame of an answer is in the citizen's language, its facts are in German: screen readers and right-to-left text need to know.
function spoken(language, text) {
  const made = element("p", "", text);
  made.lang = language;
  made.dir = "auto";
  return made;
}

function answer(one) {
  const entry = element("div", "entry");
  const bubble = element("div", "bubble");
  const lead = spoken(one.sprache);
  lead.append(speaker(copy.lotse), one.text);
  bubble.append(lead);
  if (one.fakten.length) bubble.append(facts(one.fakten));
  if (one.nachtrag) bubble.append(spoken(one.sprache, one.nachtrag));
  const links = one.links.map(link).filter(Boolean);
  if (links.length) {
    const list = element("ul", "links");
    list.setAttribute("aria-label", copy.links);
    list.append(...links);
    bubble.append(list);
  }
  if (one.quellenangaben.length) {
    const sources = element("div", "sources");
    const several = one.quellenangaben.length > 1;
    one.quellenangaben.forEach((line, at) => sources.append(element("p", "", several ? `[${at + 1}] ${line}` : line)));
    bubble.append(sources);
  }
  entry.append(bubble);
  if (one.buttons.length) entry.append(choices(one.buttons));
  return entry;
}

function choices(buttons) {
  const group = element("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", copy.wahl);
  group.append(...buttons.map(choice));
  return group;
}

function choice({ title, payload }) {
  const button = element("button", "choice", title);
  button.type = "button";
  button.addEventListener("click", () => say(title, { payload }));
  return button;
}

// The answer stands below its question, also when two are under way. The same answer may come twice (reload, sent again).
function show(reply) {
  if (answered.has(reply.message_id)) return;
  answered.add(reply.message_id);
  log.querySelector(`[data-failed="${CSS.escape(reply.message_id)}"]`)?.remove();
  const made = reply.replies.map(answer);
  place(reply.message_id, made);
}

function place(messageId, made) {
  const question = log.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
  if (!question) return log.append(...made);
  question.after(...made);
  // The question at the top and its answer below; nobody is scrolled away from a later question.
  if (question === [...log.querySelectorAll(".own")].pop()) question.scrollIntoView({ block: "start" });
}

function busy(change) {
  waiting += change;
  clearTimeout(slow);
  status.textContent = waiting ? copy.schreibt : "";
  if (waiting) slow = setTimeout(() => (status.textContent = copy.dauert), SLOW_MS);
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(text, content) {
  const messageId = newId();
  const entry = own(messageId, text);
  entry.scrollIntoView({ block: "start" });
  send(messageId, text, content);
}

async function send(messageId, text, content) {
  busy(+1);
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), WAIT_MS);
  try {
    if (!session) await begin();
    session.own[messageId] = { text, content };
    remember();
    const body = { ...content, message_id: messageId };
    const reply = await (await api("POST", `/${session.id}/messages?wait=true`, body, cut.signal)).json();
    const last = reply.replies.find(({ tun }) => tun === "gespraech_loeschen");
    if (last) over(last.text);
    else show(reply);
  } catch (problem) {
    // 404: the session is over; 401: it is not ours. Sending again begins a new one.
    if (problem.status === 404 || problem.status === 401) {
      session = null;
      remember();
    }
    failed(messageId, text, content, problem.message || copy.verbindung);
  } finally {
    clearTimeout(timer);
    busy(-1);
  }
}

function failed(messageId, text, content, detail) {
  log.querySelector(`[data-failed="${CSS.escape(messageId)}"]`)?.remove();
  const entry = element("div", "entry failed");
  entry.dataset.failed = messageId;
  entry.append(element("p", "", detail));
  const again = element("button", "", copy.nochmal);
  again.type = "button";
  again.addEventListener("click", () => {
    input.focus();
    entry.remove();
    send(messageId, text, content);
  });
  entry.append(again);
  place(messageId, [entry]);
}

// After a reload: what was asked comes from this tab, what was answered from the event stream.
async function restore() {
  for (const [messageId, { text }] of Object.entries(session.own)) own(messageId, text);
  let response;
  try {
    response = await api("GET", `/${session.id}/events`);
  } catch (problem) {
    if (problem.status !== 404 && problem.status !== 401) return;
    log.replaceChildren();
    session = null;
    remember();
    note(copy.beendet);
    return;
  }
  await listen(response.body.getReader());
}

// fetch and not EventSource: the token stays in a header and out of every log.
async function listen(reader) {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r\n\r\n|\n\n/);
      rest = blocks.pop();
      for (const block of blocks) {
        const lines = block.split(/\r?\n/);
        const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
        if (data.length) hear(JSON.parse(data.join("\n")), lines.includes("event: failed"));
      }
    }
  } catch {
    // The stream is only for what was missed; new answers come with their question.
  }
}

function hear(event, isFailure) {
  const asked = session?.own[event.message_id];
  if (!isFailure) show(event);
  else if (asked && !answered.has(event.message_id)) failed(event.message_id, asked.text, asked.content, event.detail);
}

function fit() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 2}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  input.focus();
  if (!text || text.length > Number(input.dataset.most)) {
    input.setCustomValidity(text ? copy.lang : copy.leer);
    input.reportValidity();
    return;
  }
  input.value = "";
  fit();
  say(text, { text });
});

input.addEventListener("input", () => {
  input.setCustomValidity("");
  fit();
});

// Enter sends, Shift and Enter makes a new line; not while an input method is composing.
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

// Nothing of it stays on this page either.
function over(told) {
  session = null;
  answered.clear();
  log.replaceChildren();
  remember();
  note(told);
  input.focus();
}

deleteButton.addEventListener("click", async () => {
  let told = copy.geloescht;
  try {
    await api("DELETE", `/${session.id}`);
  } catch (problem) {
    if (problem.status !== 404) told = copy.nicht_geloescht;
  }
  over(told);
});

for (const button of document.querySelectorAll("[data-example]")) {
  button.addEventListener("click", () => say(button.textContent, { text: button.textContent }));
}

document.documentElement.classList.add("ready");
deleteButton.hidden = !session;
if (session) restore();
