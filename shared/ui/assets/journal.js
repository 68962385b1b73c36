// The journal grid: a spreadsheet for marks. Without this script the lesson pages do the same work.
//
// Every cell is saved by itself with the version that was seen (If-Match). What could not be sent is kept on the device
// and sent when the connection is back; what somebody else has changed is shown, and the teacher decides.

const grid = document.querySelector("table.grid[data-writable]");
if (grid) start(grid);

function start(table) {
  const words = table.dataset;
  const strip = document.getElementById("strip");
  const keypad = document.getElementById("keypad");
  const historyLink = document.getElementById("history-link");
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const undone = [];
  const queueKey = `journal-queue:${words.api}`;
  let current = null;
  let typed = "";

  for (const row of rows) {
    for (const cell of cellsOf(row)) {
      cell.tabIndex = -1;
      cell.dataset.saved = cell.textContent;
    }
  }
  const first = rows.flatMap(cellsOf).find((cell) => cell.classList.contains("current") && writable(cell)) ?? cellsOf(rows[0] ?? table.rows[0])[0];
  if (first) {
    first.tabIndex = 0;
    current = first;
    first.scrollIntoView({ block: "nearest", inline: "center" });
  }
  if (matchMedia("(pointer: coarse)").matches && keypad) keypad.hidden = false;

  function cellsOf(row) {
    return [...row.cells].filter((cell) => cell.tagName === "TD" && !cell.classList.contains("average"));
  }
  function headOf(cell) { return heads[cell.cellIndex]; }
  function writable(cell) { return !cell.hasAttribute("aria-readonly"); }
  // Columns of one lesson share a cell on the server, and with it its version.
  function siblings(cell) {
    const lesson = headOf(cell).dataset.lesson;
    return cellsOf(cell.parentElement).filter((other) => headOf(other).dataset.lesson === lesson);
  }
  function version(cell) { return Number(siblings(cell).find((other) => other.dataset.v)?.dataset.v ?? 0); }
  function address(cell) {
    return `${words.api}/lessons/${headOf(cell).dataset.lesson}/cells/${cell.parentElement.dataset.pupil}`;
  }

  function say(text, state = "") {
    strip.textContent = text;
    strip.dataset.state = state;
  }

  function focus(cell) {
    if (!cell) return;
    if (current) { commit(); current.tabIndex = -1; }
    current = cell;
    typed = "";
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    describe(cell);
  }

  function describe(cell) {
    const name = cell.parentElement.cells[0].lastChild.textContent;
    if (cell.dataset.state === "conflict") { askAbout(cell); return; }
    if (cell.dataset.state === "failed") { say(`${name}: ${words.failed.replace("[why]", cell.dataset.reason)}`, "failed"); return; }
    say(`${name}: ${headOf(cell).dataset.name}`);
    if (historyLink) historyLink.href = address(cell).replace(/^\/api/, "");
  }

  function step(rowStep, columnStep) {
    const row = rows.indexOf(current.parentElement) + rowStep;
    if (!rows[row]) return;
    const line = cellsOf(rows[row]);
    const column = cellsOf(current.parentElement).indexOf(current) + columnStep;
    focus(line[column]);
  }

  // --- typing -------------------------------------------------------------------------------------------------------

  function show(cell, text) { cell.textContent = text; }

  function type(symbol) {
    if (!writable(current)) return;
    const isDigit = /[1-5]/.test(symbol);
    // A second figure right after the first is a second mark; anything first replaces what stood there.
    const before = typed;
    if (typed === "") typed = symbol;
    else if (isDigit && /[1-5]$/.test(typed)) typed += ` ${symbol}`;
    else if (isDigit || /[1-5]$/.test(typed)) typed += ` ${symbol}`;
    else typed += symbol;
    if (typed.length > 20) typed = before;
    show(current, typed);
  }

  function commit() {
    if (!current || !writable(current)) return;
    typed = "";
    const text = current.textContent.trim();
    if (text === (current.dataset.wanted ?? current.dataset.saved)) return;
    undone.push([current, current.dataset.wanted ?? current.dataset.saved]);
    want(current, text);
  }

  function put(cell, text) {
    if (!writable(cell)) return;
    undone.push([cell, cell.dataset.wanted ?? cell.dataset.saved]);
    show(cell, text);
    want(cell, text);
  }

  // --- saving: one request at a time for a server cell, the last wish wins ---------------------------------------------

  const busy = new Set();

  function want(cell, text) {
    cell.dataset.wanted = text;
    remember();
    send(cell);
  }

  async function send(cell) {
    const key = address(cell);
    if (busy.has(key) || cell.dataset.wanted === undefined) return;
    busy.add(key);
    const wanted = cell.dataset.wanted;
    mark(cell, "saving");
    try {
      const answer = await request(key, { work: Number(headOf(cell).dataset.work), entry: wanted }, version(cell));
      await settle(cell, wanted, answer);
    } catch {
      mark(cell, "offline");
      if (cell === current) say(words.offline, "offline");
    } finally {
      busy.delete(key);
    }
    const waiting = siblings(cell).find((other) => other.dataset.wanted !== undefined && !["conflict", "failed", "offline"].includes(other.dataset.state));
    if (waiting) send(waiting);
  }

  async function request(url, body, seen) {
    const options = {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": `"${seen}"`, accept: "application/json" },
      body: JSON.stringify(body),
    };
    const answer = await fetch(url, options);
    if (answer.status !== 401) return answer;
    // The session has ended: renew it silently once, then repeat.
    const renewed = await fetch("/identity/refresh", { method: "POST" });
    if (!renewed.ok) throw new Error("signed out");
    return fetch(url, options);
  }

  async function settle(cell, wanted, answer) {
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) {
      take(cell, body);
      if (cell.dataset.wanted === wanted) delete cell.dataset.wanted;
      mark(cell, "saved");
      if (cell === current && typed === "") say(`${words.saved}: ${cell.textContent || "—"}`);
      if (body.average !== undefined) cell.parentElement.querySelector("td.average a").textContent = body.average ?? "—";
    } else if (answer.status === 409 && body.current) {
      cell.dataset.conflict = JSON.stringify(body.current);
      mark(cell, "conflict");
      if (cell === current) askAbout(cell);
    } else if (answer.status >= 500) {
      throw new Error("unavailable");
    } else {
      cell.dataset.reason = body.detail ?? "";
      mark(cell, "failed");
      // Said even when the teacher has moved on: a mark that was not taken must not pass unseen.
      say(`${cell.parentElement.cells[0].lastChild.textContent}: ${words.failed.replace("[why]", cell.dataset.reason)}`, "failed");
      // The entry is not taken: what stood there comes back, and the sentence above says why.
      delete cell.dataset.wanted;
      show(cell, cell.dataset.saved);
    }
    remember();
  }

  function take(cell, body) {
    for (const other of siblings(cell)) {
      other.dataset.v = body.version;
      const entry = body.entries.find((entry) => entry.work === Number(headOf(other).dataset.work));
      if (!entry) continue;
      other.dataset.saved = entry.entry;
      if (other.dataset.wanted === undefined || other === cell) {
        if (other !== current || typed === "") show(other, entry.entry);
      }
    }
  }

  function mark(cell, state) {
    cell.dataset.state = state;
    if (state === "saved") setTimeout(() => { if (cell.dataset.state === "saved") delete cell.dataset.state; }, 1500);
  }

  function askAbout(cell) {
    const now = JSON.parse(cell.dataset.conflict);
    const work = Number(headOf(cell).dataset.work);
    const entry = now.entries.find((entry) => entry.work === work)?.entry ?? "";
    say(words.conflict.replace("[now]", entry || "—").replace("[mine]", cell.dataset.wanted || "—"), "conflict");
    strip.append(choice(words.keep, () => {
      const wanted = cell.dataset.wanted;
      take(cell, now);
      delete cell.dataset.conflict;
      delete cell.dataset.state;
      show(cell, wanted);
      want(cell, wanted);
      focus(cell);
    }), choice(words.take, () => {
      delete cell.dataset.wanted;
      delete cell.dataset.conflict;
      take(cell, now);
      mark(cell, "saved");
      remember();
      focus(cell);
    }));
  }

  function choice(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  // --- what could not be sent survives a reload --------------------------------------------------------------------------

  function remember() {
    const waiting = rows.flatMap(cellsOf).filter((cell) => cell.dataset.wanted !== undefined).map((cell) => ({
      pupil: cell.parentElement.dataset.pupil, lesson: headOf(cell).dataset.lesson, work: headOf(cell).dataset.work,
      entry: cell.dataset.wanted, version: version(cell),
    }));
    if (waiting.length) localStorage.setItem(queueKey, JSON.stringify(waiting));
    else localStorage.removeItem(queueKey);
  }

  function recall() {
    for (const kept of JSON.parse(localStorage.getItem(queueKey) ?? "[]")) {
      const row = rows.find((row) => row.dataset.pupil === kept.pupil);
      const cell = row && cellsOf(row).find((cell) => headOf(cell).dataset.lesson === kept.lesson && headOf(cell).dataset.work === kept.work);
      if (!cell || !writable(cell)) continue;
      // The version is the one that the teacher had seen: a change made since by somebody else is a conflict.
      for (const other of siblings(cell)) other.dataset.v = kept.version;
      show(cell, kept.entry);
      want(cell, kept.entry);
    }
  }

  function resend() {
    for (const cell of rows.flatMap(cellsOf)) if (cell.dataset.state === "offline") send(cell);
  }

  addEventListener("online", resend);
  setInterval(resend, 10_000);
  addEventListener("beforeunload", () => { commit(); });

  // --- keys, pointer, clipboard --------------------------------------------------------------------------------------------

  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

  table.addEventListener("keydown", (event) => {
    if (!event.target.matches("td:not(.average)")) return;
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") {
      event.preventDefault();
      typed = "";
      const [cell, text] = undone.pop() ?? [];
      if (cell) { focus(cell); show(cell, text); want(cell, text); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) {
      event.preventDefault();
      step(...moves[event.key]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      focus(cellsOf(current.parentElement).at(event.key === "Home" ? 0 : -1));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (writable(current)) { typed = ""; show(current, ""); commit(); }
    } else if (event.key === "Escape") {
      typed = "";
      show(current, current.dataset.wanted ?? current.dataset.saved);
    } else if (/^[0-9\p{L}/ ]$/u.test(event.key)) {
      event.preventDefault();
      type(event.key);
      commitSoon();
    }
  });

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td:not(.average)");
    if (cell) focus(cell);
  });
  table.addEventListener("focusout", () => commit());
  table.addEventListener("focusin", (event) => {
    if (event.target !== current && event.target.matches("td:not(.average)")) focus(event.target);
    else if (event.target === current) describe(current);
  });

  table.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").split("\n");
    if (!current) return;
    event.preventDefault();
    const startRow = rows.indexOf(current.parentElement);
    const startColumn = cellsOf(current.parentElement).indexOf(current);
    lines.forEach((line, down) => line.split("\t").forEach((text, right) => {
      const cell = rows[startRow + down] && cellsOf(rows[startRow + down])[startColumn + right];
      if (cell && (text.trim() !== "" || lines.length > 1) && down < lines.length - (lines.at(-1) === "" ? 1 : 0)) put(cell, text.trim());
    }));
  });

  keypad?.addEventListener("pointerdown", (event) => { if (event.target.dataset.key) event.preventDefault(); });
  keypad?.addEventListener("click", (event) => {
    const key = event.target.dataset.key;
    if (!key || !current) return;
    current.focus();
    if (key === "Delete") { typed = ""; show(current, ""); commit(); } else { type(key); commitSoon(); }
  });
  let timer = 0;
  function commitSoon() {
    // A second mark may follow the first; a pause means that the entry is complete.
    clearTimeout(timer);
    timer = setTimeout(() => { if (typed) commit(); }, 900);
  }

  recall();
}
