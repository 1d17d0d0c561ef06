"use strict";
// What this browser keeps between two answers: one entry for each visit, under the place this file lies in.
// All pages opened from a disk share one storage, so a copy of the file in another place has entries of its own.
// Where storage is refused or full, everything goes on in memory, and the page says that nothing is kept.

function openStore(kind, models) {
  const prefix = `pltool ${kind} ${location.protocol}//${location.host}${location.pathname} `;
  const memory = new Map();
  const store = { works: true, memory };

  const area = (name) => {
    try {
      return window[name];
    } catch {
      return null;
    }
  };

  const get = (key) => {
    try {
      return area("localStorage").getItem(prefix + key);
    } catch {
      return null;
    }
  };

  /** Whether a text was written, and reads back as it was written. */
  const put = (key, text) => {
    try {
      area("localStorage").setItem(prefix + key, text);
      return get(key) === text;
    } catch {
      return false;
    }
  };

  const parse = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };

  const stored = (id) => {
    const found = parse(get(`visit ${id}`));
    return isVisit(found, models) ? found : null;
  };

  /** All visits, the last one begun first. */
  store.visits = () => {
    const found = new Map(memory);
    try {
      const kept = area("localStorage");
      for (let index = 0; index < kept.length; index += 1) {
        const key = kept.key(index);
        if (!key.startsWith(`${prefix}visit `)) continue;
        const visit = parse(kept.getItem(key));
        if (isVisit(visit, models) && !found.has(visit.id)) found.set(visit.id, visit);
      }
    } catch {
      // What is in memory is all there is.
    }
    return [...found.values()].sort((one, other) => (one.started < other.started ? 1 : -1));
  };

  store.visit = (id) => memory.get(id) ?? stored(id);

  /** Entries that are here but that this version of the page cannot read; they are left alone. */
  store.unreadable = () => {
    try {
      const kept = area("localStorage");
      const keys = Array.from({ length: kept.length }, (_, index) => kept.key(index));
      return keys.filter(
        (key) => key.startsWith(`${prefix}visit `) && !isVisit(parse(kept.getItem(key)), models),
      ).length;
    } catch {
      return 0;
    }
  };

  /**
   * Keep a visit before anything else happens: "kept", "memory" where storage fails,
   * or "elsewhere" where another window has gone on with it since; then nothing is written.
   */
  store.keep = (visit) => {
    const before = memory.has(visit.id) ? null : stored(visit.id);
    if (before && before.revision !== visit.revision) return "elsewhere";
    if (!before && visit.revision > 0 && !memory.has(visit.id) && get("probe") !== null) return "elsewhere";
    visit.revision += 1;
    store.works = put(`visit ${visit.id}`, JSON.stringify(visit));
    if (store.works) {
      put("probe", "1");
      memory.delete(visit.id);
      return "kept";
    }
    memory.set(visit.id, visit);
    return "memory";
  };

  store.erase = (id) => {
    memory.delete(id);
    try {
      area("localStorage").removeItem(`${prefix}visit ${id}`);
    } catch {
      // It was never there.
    }
  };

  store.labels = () => {
    const found = parse(get("labels"));
    return found !== null && typeof found === "object" ? found : {};
  };
  store.keepLabels = (labels) => put("labels", JSON.stringify(labels));
  store.setting = (name, value) => (value === undefined ? get(name) : put(name, value));

  /** Which visit this very tab is in the middle of, so that a reload goes on at once. */
  store.current = (id) => {
    try {
      const tab = area("sessionStorage");
      if (id === undefined) return tab.getItem(`${prefix}current`);
      if (id === null) tab.removeItem(`${prefix}current`);
      else tab.setItem(`${prefix}current`, id);
    } catch {
      // A reload begins at the start then.
    }
    return null;
  };

  /** Call back with the id of a visit that another window has changed or erased. */
  store.watch = (tell) =>
    window.addEventListener("storage", (event) => {
      if (event.key?.startsWith(`${prefix}visit `)) tell(event.key.slice(`${prefix}visit `.length));
    });

  store.works = put("probe", "1");
  return store;
}
