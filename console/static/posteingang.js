// Makes the inbox quicker; everything works without. Keys are described on the page („Tasten“) and can be switched off there.
"use strict";
(() => {
  const on = document.getElementById("tasten-an");
  const form = document.getElementById("entscheidung");
  const remembered = "lotse-konsole-tasten";
  if (on) {
    on.checked = localStorage.getItem(remembered) !== "aus";
    on.addEventListener("change", () => localStorage.setItem(remembered, on.checked ? "an" : "aus"));
  }

  const kinds = ["lernen", "ausserhalb", "fehlt", "nicht_lernen"];
  const showFields = () => {
    const chosen = form && form.querySelector("input[name=art]:checked");
    if (!chosen) return;
    for (const part of form.querySelectorAll("[data-fuer]")) part.hidden = !part.dataset.fuer.split(" ").includes(chosen.value);
  };
  const choose = (kind) => {
    const box = document.getElementById(`art_${kind}`);
    if (!box) return;
    box.checked = true;
    box.focus();
    showFields();
  };
  if (form) form.addEventListener("change", (event) => { if (event.target.name === "art") showFields(); });
  showFields();

  const actions = {
    "?": () => { const help = document.getElementById("tasten"); help.open = true; help.querySelector("summary").focus(); },
    "n": () => { const next = document.querySelector("form[data-taste=n]"); if (next) next.requestSubmit(); },
    "a": () => focus("absicht"), "s": () => focus("suche"), "u": () => focus("eigene"),
    "1": () => choose(kinds[0]), "2": () => choose(kinds[1]), "3": () => choose(kinds[2]), "4": () => choose(kinds[3]),
  };
  function focus(id) { const field = document.getElementById(id); if (field) field.focus(); }
  document.addEventListener("keydown", (event) => {
    if (form && event.key === "Enter" && event.ctrlKey) { event.preventDefault(); form.requestSubmit(form.querySelector("button[name=weiter]")); return; }
    const writing = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
    if (writing || event.ctrlKey || event.altKey || event.metaKey || (on && !on.checked)) return;
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // The catalogue's search while typing; Enter in the field searches, too, instead of deciding.
  const field = document.getElementById("suche");
  const found = document.getElementById("gefunden");
  if (!form || !form.dataset.leistungen || !field) return;
  let waiting = 0;
  const search = async () => {
    const asked = field.value;
    if (!asked.trim()) return;
    const answer = await fetch(`${form.dataset.leistungen}?q=${encodeURIComponent(asked)}`).catch(() => null);
    if (!answer || !answer.ok || field.value !== asked) return;
    const kept = form.querySelector("input[name=leistung]:checked");
    const keep = kept && kept.value ? [kept.closest(".check")] : [];
    const none = document.getElementById("l_keine").closest(".check");
    const rows = (await answer.json()).filter((one) => !keep.length || one.id !== kept.value).map((one, number) => {
      const row = document.createElement("span"), box = document.createElement("input"), label = document.createElement("label"), code = document.createElement("span");
      row.className = "check";
      Object.assign(box, { type: "radio", name: "leistung", value: one.id, id: `s_${number}` });
      code.className = "code";
      code.textContent = one.id;
      label.htmlFor = box.id;
      label.append(`${one.titel} `, code);
      row.append(box, label);
      return row;
    });
    if (keep.length) keep[0].querySelector("input").id = "s_alt", keep[0].querySelector("label").htmlFor = "s_alt";
    found.replaceChildren(none, ...keep, ...rows);
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 250); });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); search(); } });
})();
