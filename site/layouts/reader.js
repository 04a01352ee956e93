// The only script on a reading page: theme, and a freshness badge that ages. Without it both still say something true.
const root = document.documentElement;
const toggle = document.getElementById("theme");
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => localStorage.theme ?? (systemDark.matches ? "dark" : "light");
const show = () => {
  const [dark, light] = toggle.dataset.words.split("|");
  if (localStorage.theme) root.style.colorScheme = localStorage.theme;
  toggle.textContent = theme() === "dark" ? light : dark;
};
show();
toggle.hidden = false;
toggle.onclick = () => {
  localStorage.theme = theme() === "dark" ? "light" : "dark";
  show();
};
systemDark.onchange = show;
for (const badge of document.querySelectorAll("[data-next]")) {
  const [current, due, late] = badge.dataset.words.split("|");
  const days = Math.floor((Date.now() - Date.parse(badge.dataset.next)) / 864e5);
  badge.textContent = days < 0 ? current : days < 3 ? due : late.replace("{days}", days);
  badge.className = days < 0 ? "b current" : "b stale";
}
// A contents bar that covers the section it led to would be in the way.
for (const link of document.querySelectorAll(".toc a")) {
  link.onclick = () => link.closest("details").removeAttribute("open");
}
