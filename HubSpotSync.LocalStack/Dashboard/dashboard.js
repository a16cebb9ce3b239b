"use strict";

const setText = (row, field, text) => {
  const cell = row.querySelector(`[data-field="${field}"]`);
  if (cell.textContent !== text) {
    cell.textContent = text;
  }
  return cell;
};

const showResource = (resource) => {
  const row = document.querySelector(`tr[data-name="${CSS.escape(resource.name)}"]`);
  if (!row) {
    return;
  }
  setText(row, "state", resource.state).className = `state ${resource.state}`;
  setText(row, "health", resource.health);
  setText(row, "note", resource.note);
  setText(row, "started", resource.started);
  setText(row, "restarts", String(resource.restarts));
  row.querySelector('[data-action="Start"]').hidden = resource.canStop;
  row.querySelector('[data-action="Stop"]').hidden = !resource.canStop;
};

const log = document.getElementById("log");
if (log) {
  const source = new EventSource(`/logs/${encodeURIComponent(log.dataset.name)}/tail`);
  // Each connection begins with the lines that are kept, so the page starts empty and misses nothing.
  source.onopen = () => log.replaceChildren();
  source.onmessage = (event) => {
    const line = JSON.parse(event.data);
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const span = document.createElement("span");
    span.className = line.isError ? "error" : "";
    const time = document.createElement("time");
    time.textContent = line.time;
    span.append(time, ` ${line.text}\n`);
    log.append(span);
    while (log.childElementCount > 2000) {
      log.firstElementChild.remove();
    }
    if (follows) {
      log.scrollTop = log.scrollHeight;
    }
  };
} else {
  new EventSource("/state").onmessage = (event) => JSON.parse(event.data).forEach(showResource);
}
