// Follows a running job; without script the page loads itself anew every ten seconds.
"use strict";
(() => {
  const part = document.querySelector("[data-stand]");
  if (!part || !("laeuft" in part.dataset || "wechsel" in part.dataset)) return;
  const look = async () => {
    const answer = await fetch(part.dataset.stand).catch(() => null);
    if (answer && answer.ok) {
      const now = await answer.json();
      const moved = "laeuft" in part.dataset
        ? (now.schritt || "") !== part.dataset.laeuft || !["laeuft", ""].includes(now.zustand || "")
        : now.wechsel !== part.dataset.wechsel;
      if (moved) { location.reload(); return; }
      const bar = part.querySelector("progress");
      if (bar) bar.value = now.anteil;
    }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
})();
