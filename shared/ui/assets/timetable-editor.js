// The editor of a draft timetable: lessons are picked up and put down in the grid. Without this script the cells are links
// to forms that do the same work.
//
// The server judges: which cells are free for a lesson is asked when it is picked up, and every change is saved at once or
// refused with its reasons. After a change the page's own content is fetched anew, so nothing is drawn twice.

const words = () => document.getElementById("board").dataset;
const board = () => document.getElementById("board");

// Changes that can be undone, the last one last.
const steps = [];
// What is in hand: the lesson as it stands (or nothing, if it is new), its name, and what is wrong with it in which cell.
let hand = null;
// Of several lessons in a cell Enter takes one after the other.
let turn = 0;
let current = "c1-1";
let busy = false;

if (board()?.dataset.api) start();

function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick, true);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("dragstart", onDragStart);
  document.addEventListener("dragover", onDragOver);
  document.addEventListener("drop", onDrop);
  document.addEventListener("dragend", () => setTimeout(() => hand?.dragged && letGo(), 0));
  current = location.hash.slice(1) || current;
  dress();
}

// --- the grid as a widget ---------------------------------------------------------------------------------------------

function dress() {
  const table = board();
  table.setAttribute("role", "grid");
  for (const row of table.rows) row.setAttribute("role", "row");
  for (const head of table.querySelectorAll("th")) head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
  for (const cell of cells()) {
    cell.setAttribute("role", "gridcell");
    cell.tabIndex = -1;
    for (const link of cell.querySelectorAll("a")) link.tabIndex = -1;
    for (const lesson of cell.querySelectorAll("[data-lesson]")) lesson.draggable = true;
  }
  for (const chip of chips()) {
    chip.draggable = true;
    chip.tabIndex = 0;
    chip.setAttribute("role", "button");
    chip.setAttribute("aria-pressed", "false");
  }
  (document.getElementById(current) ?? cells()[0]).tabIndex = 0;
}

function cells() { return [...board().querySelectorAll("td")]; }
function chips() { return [...document.querySelectorAll("[data-new]")]; }
function lessonsOf(cell) { return [...cell.querySelectorAll("[data-lesson]")]; }

function say(text, state = "") {
  const strip = document.getElementById("strip");
  strip.dataset.state = state;
  strip.textContent = text;
}

function filled(text, values) {
  return text.replace(/\[(\w+)\]/g, (all, name) => values[name] ?? all);
}

function goTo(cell) {
  if (!cell) return;
  document.getElementById(current)?.setAttribute("tabindex", "-1");
  current = cell.id;
  cell.tabIndex = 0;
  cell.focus();
}

function onFocus(event) {
  const cell = event.target.closest("#board td");
  if (!cell) return;
  if (cell.id !== current) turn = 0;
  current = cell.id;
  if (hand) say(faultsAt(cell).join(" ") || `${cell.dataset.name}: ${words().free}`, faultsAt(cell).length ? "conflict" : "");
}

// --- picking up and putting down --------------------------------------------------------------------------------------

function faultsAt(cell) {
  return hand?.faults?.get(`${cell.dataset.day}-${cell.dataset.number}`) ?? [];
}

async function pickUp(element, dragged = false) {
  letGo();
  const was = element.dataset.lesson ? JSON.parse(element.dataset.lesson) : null;
  const lesson = was ?? JSON.parse(element.dataset.new);
  const mine = { was, lesson, name: element.dataset.name, dragged, faults: null };
  hand = mine;
  element.classList.add("in-hand");
  if (element.dataset.new) element.setAttribute("aria-pressed", "true");
  say(filled(words().picked, { name: mine.name }));
  const query = new URLSearchParams({ group: lesson.group, cycle: lesson.cycle });
  if (was) { query.set("day", was.day); query.set("number", was.number); }
  else if (lesson.room) query.set("room", lesson.room);
  const answer = await send(`cells?${query}`);
  if (hand !== mine || !answer?.ok) return;
  mine.faults = new Map();
  for (const cell of answer.body.cells) {
    const texts = cell.conflicts.map((conflict) => conflict.text);
    mine.faults.set(`${cell.day}-${cell.number}`, texts);
    const shown = document.getElementById(`c${cell.day}-${cell.number}`);
    if (!shown) continue;
    shown.dataset.fits = texts.length ? "no" : "yes";
    shown.title = texts.join("\n");
    if (texts.length) shown.setAttribute("aria-description", texts.join(" "));
  }
}

function letGo() {
  hand = null;
  for (const held of document.querySelectorAll(".in-hand")) held.classList.remove("in-hand");
  for (const chip of chips()) chip.setAttribute("aria-pressed", "false");
  for (const cell of cells()) {
    delete cell.dataset.fits;
    cell.removeAttribute("title");
    cell.removeAttribute("aria-description");
    cell.classList.remove("over");
  }
}

async function putDown(cell) {
  const { was, lesson, name } = hand;
  const [day, number] = [Number(cell.dataset.day), Number(cell.dataset.number)];
  letGo();
  if (was && was.day === day && was.number === number) return say(words().dropped);
  const now = { ...lesson, day, number };
  current = cell.id;
  if (await change({ was, now }, true)) say(filled(words().put, { name, place: cell.dataset.name }));
}

async function takeOut(element) {
  letGo();
  if (await change({ was: JSON.parse(element.dataset.lesson), now: null }, true)) say(filled(words().out, { name: element.dataset.name }));
}

async function undo() {
  letGo();
  const step = steps.pop();
  if (!step) return say(words().nothing);
  if (await change({ was: step.now, now: step.was }, false)) say(words().undone);
}

// Saves a change; what is refused is said, and the page shows what stands.
async function change(edit, isStep) {
  if (busy) return false;
  busy = true;
  const answer = await send("lessons", edit);
  if (answer?.ok && isStep) steps.push(answer.body.done);
  await renew();
  busy = false;
  if (answer?.ok) return true;
  const reasons = (answer?.body?.conflicts ?? []).map((conflict) => conflict.text);
  say(reasons.join(" ") || answer?.body?.detail || words().failed, "failed");
  return false;
}

async function send(path, body) {
  const request = body
    ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
    : {};
  try {
    const response = await fetch(`${words().api}/${path}`, request);
    if (response.status === 401 && (await fetch("/identity/refresh", { method: "POST" })).ok) return send(path, body);
    return { ok: response.ok, body: await response.json() };
  } catch {
    return null;
  }
}

// Puts the page's content anew in the place of the old one; where one stood one stands.
async function renew() {
  try {
    const response = await fetch(location.pathname + location.search);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("editor");
    const old = document.getElementById("editor");
    if (!fresh) return;
    const inGrid = document.activeElement === document.body || old.contains(document.activeElement);
    const open = [...old.querySelectorAll("details")].map((details) => details.open);
    const scrolled = old.querySelector(".scroll:has(#board)")?.scrollLeft ?? 0;
    old.replaceWith(fresh);
    [...fresh.querySelectorAll("details")].forEach((details, at) => { details.open = open[at] ?? details.open; });
    dress();
    const scroll = fresh.querySelector(".scroll:has(#board)");
    if (scroll) scroll.scrollLeft = scrolled;
    if (inGrid) (document.getElementById(current) ?? cells()[0]).focus({ preventScroll: true });
  } catch {
    // What was said of the change stays; the next change fetches the page again.
  }
}

// --- keys -------------------------------------------------------------------------------------------------------------

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    return undo();
  }
  if (event.key === "Escape" && hand) {
    letGo();
    return say(words().dropped);
  }
  const chip = event.target.closest?.("[data-new]");
  if (chip && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    pickUp(chip).then(() => hand && goTo(document.getElementById(current) ?? cells()[0]));
    return;
  }
  const cell = event.target.closest?.("#board td");
  if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = neighbour(cell, event.key);
  if (next !== undefined) {
    event.preventDefault();
    goTo(next);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    enter(cell);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    const lessons = lessonsOf(cell);
    const chosen = lessons.find((lesson) => lesson.classList.contains("in-hand")) ?? lessons[0];
    if (chosen) takeOut(chosen);
  }
}

// Enter puts down what is in hand; where it came from, it takes the next lesson of the cell, and after the last one none.
function enter(cell) {
  const lessons = lessonsOf(cell);
  const fromHere = lessons.findIndex((lesson) => lesson.classList.contains("in-hand"));
  if (hand && fromHere < 0) return putDown(cell);
  turn = fromHere < 0 ? 0 : fromHere + 1;
  if (turn < lessons.length) return pickUp(lessons[turn]);
  if (hand) { letGo(); return say(words().dropped); }
  // An empty cell and an empty hand: the form offers what could be put here.
  cell.querySelector("a")?.click();
}

function neighbour(cell, key) {
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  const at = rows.indexOf(row);
  const inRow = (target, column) => target?.cells[column];
  switch (key) {
    case "ArrowLeft": return cell.previousElementSibling?.tagName === "TD" ? cell.previousElementSibling : null;
    case "ArrowRight": return cell.nextElementSibling;
    case "ArrowUp": return inRow(rows[at - 1], cell.cellIndex) ?? null;
    case "ArrowDown": return inRow(rows[at + 1], cell.cellIndex) ?? null;
    case "Home": return row.cells[1];
    case "End": return row.cells[row.cells.length - 1];
    case "PageUp": return inRow(rows[0], cell.cellIndex);
    case "PageDown": return inRow(rows[rows.length - 1], cell.cellIndex);
    default: return undefined;
  }
}

// --- mouse and touch --------------------------------------------------------------------------------------------------

function onClick(event) {
  const cell = event.target.closest("#board td");
  if (hand && cell) {
    event.preventDefault();
    event.stopPropagation();
    const own = event.target.closest(".in-hand");
    if (own) { letGo(); return say(words().dropped); }
    return putDown(cell);
  }
  const chip = event.target.closest("[data-new]");
  if (chip) {
    event.preventDefault();
    return chip.classList.contains("in-hand") ? letGo() : pickUp(chip);
  }
  const lesson = event.target.closest("[data-lesson]");
  // The lesson's name stays the way to its form; everywhere else a tap takes the lesson.
  if (lesson && !event.target.closest("a")) {
    current = cell.id;
    pickUp(lesson);
  }
}

function onDragStart(event) {
  const element = event.target.closest?.("[data-lesson], [data-new]");
  if (!element) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", element.dataset.name);
  pickUp(element, true);
}

function onDragOver(event) {
  const cell = event.target.closest?.("#board td");
  if (!hand || !cell) return;
  event.preventDefault();
  if (cell.classList.contains("over")) return;
  document.querySelector(".over")?.classList.remove("over");
  cell.classList.add("over");
  const faults = faultsAt(cell);
  say(faults.join(" ") || `${cell.dataset.name}: ${words().free}`, faults.length ? "conflict" : "");
}

function onDrop(event) {
  const cell = event.target.closest?.("#board td");
  if (!hand || !cell) return;
  event.preventDefault();
  hand.dragged = false;
  putDown(cell);
}
