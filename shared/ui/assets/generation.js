// Keeps the page of a generation fresh: asks how far the search is, and shows the whole page anew when it is over. Without
// this script the page refreshes itself.

const EVERY = 3000;
const LONGEST = 30000;
const bar = document.getElementById("generation");
const text = document.getElementById("generation-text");
let pause = EVERY;

async function look() {
  try {
    const answer = await fetch(bar.dataset.api, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (!["queued", "running"].includes(now.state)) return location.reload();
    pause = EVERY;
    bar.value = now.permille;
    // A reader's programme speaks only what is new.
    if (text.textContent !== now.text) text.textContent = now.text;
  } catch {
    pause = Math.min(pause * 2, LONGEST);
    text.textContent = bar.dataset.failed;
  }
  // A page that nobody sees need not know.
  if (document.hidden) document.addEventListener("visibilitychange", look, { once: true });
  else setTimeout(look, pause);
}

if (bar) setTimeout(look, EVERY);
