// Imports: uploads a bundle straight to the storage with visible progress, starts the import, and keeps its page fresh.

const box = document.getElementById("upload");
const watched = document.querySelector("#import[data-watch]");
const timetable = document.getElementById("timetable");
if (box) upload(box);
if (watched) watch(watched);
if (timetable) showTimetable(timetable);

function fill(words, values) {
  return words.replace(/\[(\w+)\]/g, (_, name) => values[name] ?? "");
}

async function ask(method, path, body, headers = {}) {
  const kind = body ? { "content-type": "application/json" } : {};
  const answer = await fetch(path, {
    method,
    headers: { accept: "application/json", ...kind, ...headers },
    body: body ? JSON.stringify(body) : undefined,
  });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content.detail ?? String(answer.status));
  return content;
}

function upload(box) {
  const form = box.querySelector("form");
  const words = form.dataset;
  const state = document.getElementById("upload-state");
  const bar = document.getElementById("upload-progress");
  const button = form.querySelector("button");
  // One key for one choice of a file: pressing the button again after a failure goes on with the same import.
  let key = crypto.randomUUID();
  box.hidden = false;
  form.elements.file.addEventListener("change", () => {
    key = crypto.randomUUID();
    state.textContent = "";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.elements.file.files[0];
    if (!file) return;
    if (file.size > Number(words.limit)) {
      state.textContent = words.large;
      return;
    }
    button.disabled = true;
    bar.hidden = false;
    bar.value = 0;
    try {
      const ticket = await ask("POST", "/api/registry/imports", { region: words.region, bytes: file.size }, { "idempotency-key": key });
      if (ticket.upload_url) {
        await put(ticket.upload_url, file, (percent) => {
          bar.value = percent;
          state.textContent = fill(words.uploading, { percent });
        });
        state.textContent = words.starting;
        await ask("POST", `/api/registry/imports/${ticket.import}/start`);
      }
      location.assign(`/registry/imports/${ticket.import}`);
    } catch (error) {
      state.textContent = fill(words.failed, { why: error.message });
      bar.hidden = true;
      button.disabled = false;
    }
  });
}

// fetch() tells nothing of the progress of an upload; XMLHttpRequest does.
function put(url, file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(Math.floor((event.loaded * 100) / event.total));
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Error(`${request.status}.`));
    });
    request.addEventListener("error", () => reject(new Error("")));
    request.send(file);
  });
}

function watch(section) {
  const bar = section.querySelector("progress");
  const text = section.querySelector("[data-progress]");
  let pause = 1000;
  const look = async () => {
    try {
      const now = await ask("GET", section.dataset.api);
      if (now.state !== section.dataset.state) {
        location.reload();
        return;
      }
      if (now.progress.total > 0) {
        bar.max = now.progress.total;
        bar.value = now.progress.done;
        text.textContent = fill(text.dataset.progress, now.progress);
      }
      pause = 1000;
    } catch {
      // No connection, or the session has ended: the page stays as it is and asks less and less often.
      pause = Math.min(pause * 2, 30000);
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}

async function showTimetable(line) {
  try {
    const report = await ask("GET", line.dataset.api);
    const refused = report.files.reduce((sum, file) => sum + file.refused, 0);
    const words = report.failure
      ? fill(line.dataset.failed, { why: report.failure })
      : fill(line.dataset.words, { created: report.weeks_created, changed: report.weeks_changed, kept: report.weeks_kept, refused });
    line.prepend(document.createTextNode(`${words} `));
  } catch {
    // The timetable follows a little later than people and classes; until then there is nothing to say.
  }
}
