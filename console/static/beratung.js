// The desk, live: asks for the page again and takes over what has changed. Everything works without this file, by "Neu laden".
"use strict";

const EVERY_MS = 3000;
const log = document.querySelector("[data-live-log]");
const form = document.getElementById("schreiben");
const notice = document.getElementById("meldung");
let asking = false;

function end() {
  if (log) log.scrollTop = log.scrollHeight;
}

// Only what is new is added: a screen reader reads that, and nothing twice.
function addLines(fresh) {
  const known = new Set([...log.children].map((one) => one.dataset.key + one.className));
  const more = [...fresh.children].filter((one) => !known.has(one.dataset.key + one.className));
  if (!more.length) return;
  log.append(...more);
  end();
}

function replace(old, fresh) {
  if (old.innerHTML === fresh.innerHTML) return;
  const waited = old.querySelectorAll("li").length;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
  if (old.id === "liste-wartend" && old.querySelectorAll("li").length > waited) notice.textContent = notice.dataset.wartend;
}

async function look() {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(location.pathname, { signal: AbortSignal.timeout(5000) });
    if (answer.redirected) return location.assign(answer.url); // signed out, or the talk is over
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (fresh) replace(old, fresh);
    }
    const lines = page.querySelector("[data-live-log]");
    if (log && lines) addLines(lines);
    return page;
  } catch {
    // The next try comes in a moment.
  } finally {
    asking = false;
  }
}

if (form) {
  const text = form.elements.namedItem("text");
  form.addEventListener("click", (event) => {
    const block = event.target.closest("[name=baustein]");
    if (!block) return;
    event.preventDefault();
    text.value = [text.value.trim(), block.value].filter(Boolean).join(" ");
    text.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector(".main");
    if (button.disabled) return;
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(8000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const number = page.getElementById("nummer");
      if (!answer.ok || !number) return form.submit(); // the page tells what is wrong
      document.getElementById("nummer").value = number.value; // a new message, a new number
      text.value = "";
      addLines(page.querySelector("[data-live-log]"));
    } catch {
      return form.submit(); // the same number: said once
    } finally {
      button.disabled = false;
      text.focus();
    }
    await look();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

end();
setInterval(look, EVERY_MS);
