// Keeps the sentence of the filter page true while boxes change.
const format = new Intl.NumberFormat('en');

function start(form) {
  if (!form || form.dataset.ready) return;
  form.dataset.ready = 'yes';
  const boxes = [...form.querySelectorAll('[data-contacts]')];
  const sentence = form.querySelector('[data-filter-sentence]');
  const total = Number(form.dataset.total);
  const update = () => {
    const all = form.elements.Scope.value === 'all';
    const come = all ? total
      : boxes.filter(box => box.checked).reduce((sum, box) => sum + Number(box.dataset.contacts), 0);
    sentence.textContent = `${format.format(come)} of ${format.format(total)} contact${total === 1 ? '' : 's'} would come.`;
  };
  form.addEventListener('change', event => {
    // Ticking a stage says that stages are meant.
    if (event.target.name === 'Stages') form.elements.Scope.value = 'stages';
    update();
  });
  update();
}

start(document.querySelector('[data-filter]'));
document.addEventListener('htmx:load', () => start(document.querySelector('[data-filter]')));
