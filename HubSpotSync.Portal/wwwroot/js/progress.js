// Shows a run as it happens. Every event says all there is to show, in words; here it is only put in its place.
const announced = new Map();

function watch(root) {
  const id = root.dataset.run;
  const source = new EventSource(`/api/hubspot/runs/${id}/events`);
  const stop = () => source.close();
  source.addEventListener('progress', event => show(root, JSON.parse(event.data)));
  source.addEventListener('final', event => {
    stop();
    const run = JSON.parse(event.data);
    show(root, run);
    finish(root, run);
  });
  // A browser comes back by itself after a lost connection, but not after a refusal; the database may be away for a while.
  source.addEventListener('error', () => {
    if (!root.isConnected) stop();
    else if (source.readyState === EventSource.CLOSED) setTimeout(() => root.isConnected && watch(root), 5000);
  });
  root.closest('main, body').addEventListener('htmx:beforeCleanupElement', event => {
    if (event.target === root) stop();
  });
}

function show(root, run) {
  const percent = forward(run);
  for (const place of root.querySelectorAll('[data-run-text]')) {
    const name = place.dataset.runText;
    const text = name === 'percent' ? (percent === null ? '' : `${percent} %`)
      : name.startsWith('counts.') ? run.counts[name.slice(7)] : run[name];
    if (place.textContent !== text) place.textContent = text;
    if (name === 'wait' && place.matches('.run-wait')) place.hidden = text === '';
  }
  const bar = root.querySelector('[data-run-bar]');
  if (bar && percent !== null) bar.value = percent;
  const stop = root.querySelector('[data-run-stop]');
  if (stop) stop.disabled = run.isStopping || run.isFinal;
  announce(run, percent);
}

// The total can grow while records are counted; what was reached once stays reached, after a reload as well.
function forward(run) {
  if (run.percent === null) return null;
  const key = `run-${run.id}`;
  const percent = Math.max(run.percent, Number(sessionStorage.getItem(key) ?? 0));
  sessionStorage.setItem(key, percent);
  return percent;
}

function announce(run, percent) {
  const tenth = run.isFinal ? 'end' : Math.floor((percent ?? 0) / 10);
  if (announced.get(run.id) === tenth) return;
  const first = !announced.has(run.id);
  announced.set(run.id, tenth);
  const announcer = document.getElementById('announcer');
  if (!announcer || (first && !run.isFinal)) return;
  announcer.textContent = run.isFinal ? `${run.headline}. ${run.amount}.` : `${run.headline}, ${percent} percent.`;
}

function finish(root, run) {
  sessionStorage.removeItem(`run-${run.id}`);
  if (root.dataset.runPage) {
    window.htmx.ajax('GET', root.dataset.runPage, {
      target: root.dataset.runTarget, select: root.dataset.runTarget, swap: 'outerHTML',
    });
    return;
  }
  root.classList.add('is-final');
  const link = root.querySelector('[data-run-link]');
  if (link) link.textContent = 'See the result';
}

const start = scope => {
  const roots = [...scope.querySelectorAll('[data-run]')];
  if (scope.matches?.('[data-run]')) roots.push(scope);
  for (const root of roots) {
    if (!root.dataset.watched) {
      root.dataset.watched = 'yes';
      watch(root);
    }
  }
};
start(document);
document.addEventListener('htmx:load', event => start(event.target));
