// Finds lists by their name, and lets ticking a stage say that stages are meant.
const form = document.getElementById('rules');
form?.addEventListener('change', event => {
  if (event.target.name === 'Input.Stages') form.elements['Input.Scope'].value = 'stages';
}, true);

function find(box) {
  box.hidden = false;
  box.addEventListener('input', () => {
    const words = box.value.trim().toLowerCase();
    for (const tick of document.querySelectorAll(`${box.dataset.find} .tick`)) {
      tick.hidden = words !== '' && !tick.textContent.toLowerCase().includes(words);
    }
  });
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter') event.preventDefault();
  });
  box.addEventListener('change', event => event.stopPropagation());
}

const start = () => {
  for (const box of document.querySelectorAll('[data-find]')) {
    if (box.hidden) find(box);
  }
};
start();
document.addEventListener('htmx:load', start);
