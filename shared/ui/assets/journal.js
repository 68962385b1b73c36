// The journal grid: a spreadsheet for marks. Without this script the lesson pages do the same work.
//
// This module is what a teacher sees and does. Every cell is saved by itself with the version that was seen; the outbox
// sends what was typed, keeps what could not be sent, and tells of changes by others, about which the teacher decides.

import { outbox } from "./journal-outbox.js";

const grid = document.querySelector("table.grid[data-writable]");
if (grid?.tBodies[0]?.rows.length) start(grid);

function start(table) {
  const words = table.dataset;
  const keypad = document.getElementById("keypad");
  const historyLink = document.getElementById("history-link");
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const cells = rows.flatMap(cellsOf);
  const cellOf = new Map(cells.map((cell) => [idOf(cell), cell]));
  // Own changes that can be undone, the last one last. What was made at once is undone at once.
  const steps = [];
  let current = cells.find((cell) => cell.classList.contains("current") && writable(cell)) ?? cells[0];
  // What is being typed into the current cell; nothing when it is only looked at.
  let draft = null;

  function cellsOf(row) {
    return [...row.cells].filter((cell) => cell.tagName === "TD" && !cell.classList.contains("average"));
  }
  function headOf(cell) { return heads[cell.cellIndex]; }
  function writable(cell) { return !cell.hasAttribute("aria-readonly"); }
  function placeOf(cell) { return `${headOf(cell).dataset.lesson}/${cell.parentElement.dataset.pupil}`; }
  function idOf(cell) { return `${placeOf(cell)}/${headOf(cell).dataset.work}`; }
  // Columns of one lesson share a cell on the server.
  function siblings(cell) {
    const lesson = headOf(cell).dataset.lesson;
    return cellsOf(cell.parentElement).filter((other) => headOf(other).dataset.lesson === lesson);
  }
  function nameOf(cell) { return cell.parentElement.cells[0].lastChild.textContent; }
  function show(cell, text) { cell.textContent = text; }

  const queue = outbox(words.api, {
    state: mark,
    saved(id, sent, body, isLast) {
      const cell = cellOf.get(id);
      take(cell, body, sent);
      mark(id, isLast ? "saved" : "saving");
      for (const change of steps.flat()) if (change.cell === cell && change.after === sent) change.isPending = false;
      const average = cell.parentElement.querySelector("td.average a");
      if (average) average.textContent = body.average ?? "—";
      last = `${words.saved}: ${nameOf(cell)}, ${cell.dataset.saved || "—"}`;
      tell();
    },
    refused(id, sent, why, isLast) {
      const cell = cellOf.get(id);
      forgetPending(cell, sent);
      if (!isLast) return;
      // The entry is not taken: what stood there comes back, and a sentence says why.
      Object.assign(cell.dataset, { refused: sent, reason: why });
      const goesOn = cell === current && draft !== null && plain(draft) !== sent;
      if (!goesOn) show(cell, cell.dataset.saved);
      if (cell === current && !goesOn) draft = null;
      mark(id, "failed");
    },
    recalled(id, entry) {
      const cell = cellOf.get(id);
      if (!cell || !writable(cell)) return false;
      show(cell, entry);
      return true;
    },
    line(state, problem) {
      line = { state, problem };
      tell();
    },
  });

  for (const cell of cells) {
    cell.tabIndex = cell === current ? 0 : -1;
    cell.dataset.saved = cell.textContent;
    if (cell.dataset.v) queue.seen(idOf(cell), Number(cell.dataset.v));
  }
  current.scrollIntoView({ block: "nearest", inline: "center" });
  if (matchMedia("(pointer: coarse)").matches && keypad) keypad.hidden = false;

  // --- what is said above the grid: where one stands, and what has happened ---------------------------------------------

  const strip = document.getElementById("strip");
  const place = strip.appendChild(document.createElement("span"));
  const news = strip.appendChild(document.createElement("span"));
  place.append(strip.firstChild);
  // A screen reader reads the cell that one goes to; it need not hear its name twice.
  place.setAttribute("aria-live", "off");
  place.className = "place";
  news.className = "news";
  let line = { state: "unknown" };
  let last = "";
  let told = "";

  function tell() {
    const inState = (state) => [current, ...cells].find((cell) => cell.dataset.state === state);
    const conflict = inState("conflict");
    const failed = inState("failed");
    const waits = inState("queued");
    if (conflict) ask(conflict);
    else if (waits && line.state === "signed-out") say("failed", line.problem?.detail ?? words.offline, signIn(line.problem?.title));
    else if (waits) say("queued", words.offline);
    else if (failed) say("failed", `${nameOf(failed)}: ${filled(words.failed, { why: failed.dataset.reason, mine: failed.dataset.refused })}`);
    else say("", last);
  }

  function say(state, text, ...ways) {
    const now = `${state} ${text}`;
    // The same news are not read out twice, and a button stays the one that is about to be pressed.
    if (now === told) return;
    told = now;
    strip.dataset.state = state;
    news.replaceChildren(text, ...ways);
  }

  function filled(text, values) {
    return text.replace(/\[(\w+)\]/g, (all, name) => (name in values ? values[name] || "—" : all));
  }

  function signIn(label) {
    if (!label) return "";
    const link = document.createElement("a");
    link.className = "button second";
    link.textContent = label;
    link.href = `/identity/sign-in?return_to=${encodeURIComponent(location.pathname)}`;
    // What waits is kept on the device and sent from this page when one is back: nothing to be asked about.
    link.addEventListener("click", () => removeEventListener("beforeunload", beforeLeaving));
    return link;
  }

  function describe(cell) {
    const note = cell.dataset.note ? ` — «${cell.dataset.note}»` : "";
    const told = isTold(cell) ? ` — ${cell.title}` : "";
    place.textContent = `${nameOf(cell)}: ${headOf(cell).dataset.name}${note}${told}`;
    const lesson = headOf(cell).dataset.lesson;
    if (historyLink) historyLink.href = `${words.api.replace(/^\/api/, "")}/lessons/${lesson}/cells/${cell.parentElement.dataset.pupil}`;
    tell();
  }

  function mark(id, state) {
    const cell = cellOf.get(id);
    if (state) cell.dataset.state = state;
    else delete cell.dataset.state;
    if (state === "failed" || state === "conflict") cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    if (state === "saved") setTimeout(() => { if (cell.dataset.state === "saved") delete cell.dataset.state; }, 1500);
    tell();
  }

  // What the server says of a cell. `sent` is what it answers to.
  function take(cell, body, sent) {
    for (const other of siblings(cell)) {
      const entry = body.entries.find((entry) => entry.work === Number(headOf(other).dataset.work))?.entry;
      if (entry === undefined) continue;
      other.dataset.v = body.version;
      other.dataset.saved = entry;
      if (queue.wanted(idOf(other)) !== undefined) continue;
      if (other === current && draft !== null) {
        // Typing goes on where the saved entry ends.
        if (plain(draft) !== sent) continue;
        draft = entry;
      }
      show(other, entry);
    }
  }

  // --- changes by somebody else ------------------------------------------------------------------------------------------

  function ask(cell) {
    const now = entryIn(queue.conflict(idOf(cell)), cell);
    const text = filled(words.conflict, { now, mine: queue.wanted(idOf(cell)) });
    say("conflict", `${nameOf(cell)}: ${text}`,
      choice(words.keep, () => decide(cell, true)), choice(words.take, () => decide(cell, false)));
  }

  function entryIn(body, cell) {
    return body.entries.find((entry) => entry.work === Number(headOf(cell).dataset.work))?.entry ?? "";
  }

  function choice(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  function decide(cell, mine) {
    const id = idOf(cell);
    const now = queue.conflict(id);
    for (const change of steps.flat()) {
      if (placeOf(change.cell) !== placeOf(cell)) continue;
      if (change.cell === cell && change.isPending) change.before = entryIn(now, cell);
      // To undo what was before their change would overwrite it unseen.
      else change.isForeign = true;
    }
    if (mine) {
      queue.insist(id);
    } else {
      forgetPending(cell, queue.wanted(id));
      queue.yield(id);
      if (cell === current) draft = null;
      take(cell, now);
      mark(id, "");
    }
    focus(cell);
  }

  // A change that was not made cannot be undone.
  function forgetPending(cell, entry) {
    for (const step of steps) {
      const place = step.findLastIndex((change) => change.cell === cell && change.isPending && change.after === entry);
      if (place >= 0) step.splice(place, 1);
    }
  }

  // --- changes by the teacher --------------------------------------------------------------------------------------------

  function plain(text) { return text.trim().replace(/\s+/g, " "); }
  function entryOf(cell) { return queue.wanted(idOf(cell)) ?? cell.dataset.saved; }

  function want(cell, text) {
    show(cell, text);
    queue.want(idOf(cell), text, cell.dataset.saved);
  }

  function change(pairs) {
    const step = [];
    for (const [cell, text] of pairs) {
      if (!writable(cell) || text === entryOf(cell)) continue;
      step.push({ cell, before: entryOf(cell), after: text, isPending: true });
    }
    if (step.length) steps.push(step);
    for (const { cell, after } of step) want(cell, after);
  }

  // Takes what has been typed so far; more may follow.
  function commit() {
    if (draft !== null) change([[current, plain(draft)]]);
  }

  function finish() {
    commit();
    cancel();
  }

  function cancel() {
    draft = null;
    show(current, entryOf(current));
  }

  function clear() {
    if (!writable(current)) return;
    draft = "";
    finish();
  }

  // It was told of the pupil that they do not come, and nobody has noted anything yet.
  function isTold(cell) { return "told" in cell.dataset && !cell.dataset.v && !entryOf(cell); }

  // Notes those as absent of whom it was told, in all of the lesson.
  function noteTold() {
    finish();
    const lesson = headOf(current).dataset.lesson;
    const told = cells.filter((cell) => headOf(cell).dataset.lesson === lesson && isTold(cell));
    change(told.map((cell) => [cell, cell.dataset.told]));
  }

  function undo() {
    const wasTyping = draft !== null && plain(draft) !== entryOf(current);
    cancel();
    // As in a spreadsheet: what is only being typed is undone first.
    if (wasTyping) return;
    let step = steps.pop();
    while (step && !step.length) step = steps.pop();
    if (!step) return;
    focus(step[0].cell);
    for (const { cell, before, isForeign } of step.reverse()) {
      const id = idOf(cell);
      if (queue.conflict(id)) decide(cell, false);
      else if (isForeign) dispute(cell, before);
      else want(cell, before);
    }
  }

  function dispute(cell, before) {
    const entries = siblings(cell).map((other) => ({ work: Number(headOf(other).dataset.work), entry: other.dataset.saved }));
    show(cell, before);
    queue.dispute(idOf(cell), before, { version: Number(cell.dataset.v), entries });
  }

  // --- typing ------------------------------------------------------------------------------------------------------------

  let pause = 0;

  function type(symbol) {
    if (!writable(current)) return;
    // The first symbol replaces what stood there. A figure after something else is a mark of its own, and so is whatever
    // follows a figure; letters make words.
    // A point takes a day and a month with it: «.07.12».
    const apart = draft && !/[.•][\d.]*$/.test(draft) && (/[1-5.•]/.test(symbol) || /[1-5]$/.test(draft));
    const text = `${draft ?? ""}${apart ? " " : ""}${symbol}`;
    if (text.length <= 20) draft = text;
    show(current, draft);
    commitSoon();
  }

  function erase() {
    if (!draft) return clear();
    draft = draft.slice(0, -1).trimEnd();
    show(current, draft);
    commitSoon();
  }

  // A teacher who stays in the cell need not go on to have it saved.
  function commitSoon() {
    clearTimeout(pause);
    pause = setTimeout(commit, 900);
  }

  // --- keys, pointer, clipboard ------------------------------------------------------------------------------------------

  function focus(cell) {
    if (cell !== current) {
      finish();
      current.tabIndex = -1;
      current = cell;
      cell.tabIndex = 0;
    }
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    describe(cell);
  }

  // The cell so many rows and columns away, if there is one.
  function away([down, right]) {
    const row = rows[rows.indexOf(current.parentElement) + down];
    return row && cellsOf(row)[cellsOf(current.parentElement).indexOf(current) + right];
  }

  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0], Tab: [0, 1] };

  function go(event) {
    const back = event.shiftKey && (event.key === "Enter" || event.key === "Tab");
    const next = away(back ? moves[event.key].map((step) => -step) : moves[event.key]);
    finish();
    // Past the first and the last column Tab leaves the grid: the keyboard must not be trapped in it.
    if (event.key !== "Tab" || next) event.preventDefault();
    const question = event.key === "Enter" && queue.conflict(idOf(current)) && news.querySelector("button");
    if (question) question.focus();
    else if (next) focus(next);
  }

  table.addEventListener("keydown", (event) => {
    if (event.target !== current) return;
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === "KeyZ") {
      event.preventDefault();
      undo();
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (moves[key]) {
      go(event);
    } else if (key === "Home" || key === "End") {
      event.preventDefault();
      focus(cellsOf(current.parentElement).at(key === "Home" ? 0 : -1));
    } else if (key === "+") {
      event.preventDefault();
      noteTold();
    } else if (key === "Delete") {
      event.preventDefault();
      clear();
    } else if (key === "Backspace") {
      event.preventDefault();
      erase();
    } else if (key === "Escape") {
      cancel();
      if (current.dataset.state === "failed") mark(idOf(current), "");
    } else if (/^[0-9\p{L}/. ]$/u.test(key)) {
      event.preventDefault();
      type(key);
    }
  });

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td:not(.average)");
    if (cell) focus(cell);
  });
  table.addEventListener("focusout", commit);
  table.addEventListener("focusin", (event) => {
    if (event.target.matches("td:not(.average)")) focus(event.target);
  });

  // A line of the clipboard is a row, a tab begins the next column. What is empty there leaves its cell as it is: a gap in
  // somebody's list is no wish to erase.
  table.addEventListener("paste", (event) => {
    event.preventDefault();
    cancel();
    const lines = event.clipboardData.getData("text/plain").split(/\r\n|\r|\n/);
    const pairs = lines.flatMap((line, down) => line.split("\t").map((text, right) => [away([down, right]), plain(text).slice(0, 40)]));
    change(pairs.filter(([cell, text]) => cell && text));
  });

  keypad?.addEventListener("pointerdown", (event) => { if (event.target.dataset.key) event.preventDefault(); });
  keypad?.addEventListener("click", (event) => {
    const { key } = event.target.dataset;
    if (!key) return;
    current.focus();
    if (key === "Delete") clear();
    else type(key);
  });

  function beforeLeaving(event) {
    commit();
    if (queue.isWaiting()) event.preventDefault();
  }
  addEventListener("beforeunload", beforeLeaving);
  // A tablet that is put aside may never come back to the page.
  document.addEventListener("visibilitychange", () => { if (document.hidden) commit(); });

  queue.start();
}
