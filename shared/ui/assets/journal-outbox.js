// What a teacher has typed, on its way to the server: one request after the other, in the order of typing.
//
// What could not be sent is kept on the device, under the person who typed it, and survives a reload. After every
// interruption the session is asked whose it is: what one person typed is never shown to another, nor sent as another.

const RETRY = 10_000;
const json = { accept: "application/json" };

// `on` is told what becomes of each wish. A wish has an id, `<lesson>/<pupil>/<work>`; the first two name the cell on the
// server, whose version the columns of a lesson share.
export function outbox(api, on) {
  const wishes = new Map();
  const versions = new Map();
  let person;
  let line = "unknown";
  let running = false;
  let refused = false;
  let inFlight = null;
  let order = 0;
  let retry = 0;
  let leaving = false;

  const placeOf = (id) => id.slice(0, id.lastIndexOf("/"));
  const keyOf = (id) => `journal-queue:${person}:${api}:${id}`;

  // --- what is kept on the device -------------------------------------------------------------------------------------

  function keep(wish) {
    if (!person || wish.disputed) return;
    const { entry, attempt, order } = wish;
    try {
      localStorage.setItem(keyOf(wish.id), JSON.stringify({ entry, attempt, order, version: versions.get(placeOf(wish.id)) ?? 0 }));
    } catch {
      // No room, or no storage allowed. The page itself still holds it and asks before it is left.
    }
  }

  function forget(wish) {
    wishes.delete(wish.id);
    // The next page may be on its way with what stood before: it asks once more, and the server knows a repeat.
    if (person && !leaving) localStorage.removeItem(keyOf(wish.id));
  }

  addEventListener("beforeunload", () => {
    leaving = true;
    // Somebody may have chosen to stay.
    setTimeout(() => {
      leaving = false;
      const start = keyOf("");
      for (const key of Object.keys(localStorage)) if (key.startsWith(start) && !wishes.has(key.slice(start.length))) localStorage.removeItem(key);
    }, 3_000);
  });

  function recall() {
    const start = keyOf("");
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(start));
    const known = kept.map((key) => ({ id: key.slice(start.length), ...JSON.parse(localStorage.getItem(key)) }));
    for (const { version, ...wish } of known.sort((a, b) => a.order - b.order)) {
      if (wishes.has(wish.id) || !on.recalled(wish.id, wish.entry)) continue;
      // The version is the one that the teacher had seen: a change made since by somebody else is a conflict.
      versions.set(placeOf(wish.id), version);
      wishes.set(wish.id, wish);
      on.state(wish.id, "saving");
    }
  }

  // --- the line to the server -----------------------------------------------------------------------------------------

  function close(state, problem) {
    line = state;
    for (const wish of wishes.values()) if (!wish.conflict) on.state(wish.id, "queued");
    on.line(state, problem);
    clearTimeout(retry);
    if (wishes.size) retry = setTimeout(() => run(true), RETRY);
    return false;
  }

  // Whether the line is open again for the person whose page this is. A session that has ended is renewed on the way.
  async function reopened() {
    try {
      let answer = await fetch("/api/identity/profile", { headers: json });
      if (answer.status === 401) {
        answer = await fetch("/identity/refresh", { method: "POST", headers: json });
        if (answer.ok) answer = await fetch("/api/identity/profile", { headers: json });
      }
      if (answer.ok) {
        const now = (await answer.json()).person;
        const first = person === undefined;
        person ??= now;
        if (person === now) return open(first);
        // Somebody else has signed in here. Asked without their session, the server says in words that ours is over.
        answer = await fetch("/identity/refresh", { method: "POST", headers: json, credentials: "omit" });
      }
      return close(answer.status === 401 ? "signed-out" : "offline", await answer.json().catch(() => ({})));
    } catch {
      return close("offline");
    }
  }

  function open(first) {
    line = "open";
    for (const wish of wishes.values()) {
      keep(wish);
      if (!wish.conflict) on.state(wish.id, "saving");
    }
    if (first) recall();
    on.line("open");
    return true;
  }

  async function run(evenOffline = false) {
    if (running || (person && !wishes.size)) return;
    if (!navigator.onLine && !evenOffline) {
      close("offline");
      return;
    }
    running = true;
    try {
      while (line === "open" || (await reopened())) {
        const next = [...wishes.values()].find((wish) => !wish.conflict);
        if (!next) break;
        await send(next);
        if (line !== "open" && line !== "asks") break;
      }
    } finally {
      running = false;
    }
  }

  // What was once sent is sent again until it is answered, even if the teacher wants something else by now: the server
  // knows a repeat, but could not tell a change by us from one by somebody else.
  async function send(wish) {
    const entry = (wish.attempt ??= wish.entry);
    const place = placeOf(wish.id);
    const [lesson, pupil, work] = wish.id.split("/");
    inFlight = wish;
    keep(wish);
    let answer;
    try {
      answer = await fetch(`${api}/lessons/${lesson}/cells/${pupil}`, {
        method: "PUT",
        // It reaches the server even if the page is left meanwhile.
        keepalive: true,
        headers: { ...json, "content-type": "application/json", "if-match": `"${versions.get(place) ?? 0}"` },
        // A period that was locked and is open for a time asks why.
        body: JSON.stringify({ work: Number(work), entry, reason: document.getElementById("reason")?.value }),
      });
    } catch {
      return close("offline");
    } finally {
      inFlight = null;
    }
    const body = await answer.json().catch(() => null);
    if (answer.status === 401) {
      // The session may be over: that is asked before the next request, unless it has just been.
      if (refused) return close("signed-out", body ?? {});
      refused = true;
      return (line = "asks");
    }
    refused = false;
    if (answer.status >= 500 || answer.status === 408 || answer.status === 429 || (answer.ok && !body)) return close("offline");
    return settle(wish, entry, answer.ok, body ?? {});
  }

  function settle(wish, entry, isTaken, body) {
    delete wish.attempt;
    const isLast = wish.entry === entry;
    if (isTaken) {
      versions.set(placeOf(wish.id), body.version);
      if (isLast) forget(wish);
      for (const other of wishes.values()) {
        if (placeOf(other.id) !== placeOf(wish.id)) continue;
        // What stands beside it has moved on by our own hand, which is no conflict; one that was met before stays one.
        if (other.conflict) other.conflict = body;
        else keep(other);
      }
      on.saved(wish.id, entry, body, isLast);
    } else if (body.current) {
      wish.conflict = body.current;
      keep(wish);
      on.state(wish.id, "conflict");
    } else {
      if (isLast) forget(wish);
      else keep(wish);
      on.refused(wish.id, entry, body.detail ?? body.title ?? "", isLast);
    }
  }

  function acknowledge(wish) {
    const place = placeOf(wish.id);
    versions.set(place, Math.max(versions.get(place) ?? 0, wish.conflict.version));
  }

  addEventListener("online", () => run());
  document.addEventListener("visibilitychange", () => { if (!document.hidden && wishes.size) run(); });

  return {
    // The version of a cell as the page shows it.
    seen(id, version) { versions.set(placeOf(id), version); },
    // What is to stand in a column, as long as the server has not answered.
    wanted(id) { return wishes.get(id)?.entry; },
    // What stands now, for a wish that met somebody else's change.
    conflict(id) { return wishes.get(id)?.conflict; },
    // Whether something would stay behind if the page were left.
    isWaiting() { return [...wishes.values()].some((wish) => wish !== inFlight); },
    want(id, entry, saved) {
      const wish = wishes.get(id) ?? { id, order: (order = Math.max(order + 1, Date.now())) };
      if (wish.attempt === undefined && !wish.conflict && entry === saved) {
        forget(wish);
        on.state(id, "");
        return;
      }
      Object.assign(wish, { entry, conflict: undefined, disputed: false });
      wishes.set(id, wish);
      keep(wish);
      on.state(id, ["offline", "signed-out"].includes(line) ? "queued" : "saving");
      run();
    },
    // A wish that is known beforehand to meet somebody else's change. It is asked about and not kept.
    dispute(id, entry, now) {
      wishes.set(id, { id, entry, conflict: now, disputed: true });
      on.state(id, "conflict");
    },
    // The teacher has seen what stands and wants it so all the same.
    insist(id) {
      const wish = wishes.get(id);
      acknowledge(wish);
      Object.assign(wish, { conflict: undefined, disputed: false });
      keep(wish);
      on.state(id, "saving");
      run();
    },
    // The teacher leaves what stands.
    yield(id) {
      const wish = wishes.get(id);
      acknowledge(wish);
      forget(wish);
    },
    start() { run(); },
  };
}
