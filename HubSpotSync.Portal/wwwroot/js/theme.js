// Runs before the first paint: the person's choice, else what the system says.
(() => {
  const chosen = document.cookie.match(/(?:^|; )theme=(dark|light)/)?.[1];
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.bsTheme = chosen ?? (system.matches ? 'dark' : 'light');
  };
  apply();
  if (!chosen) system.addEventListener('change', apply);
})();
