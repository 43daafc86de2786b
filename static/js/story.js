// Tools of a story that only a script can be: print, and copy the address.

const TOOLS = {
  print: () => window.print(),
  async copy(button) {
    await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]")?.href ?? location.href);
    button.textContent = button.dataset.done;
  },
};

for (const button of document.querySelectorAll("[data-tool]")) {
  const { tool } = button.dataset;
  // A page that came over plain http has no clipboard.
  if (tool === "copy" && !navigator.clipboard) continue;
  button.classList.add("ready");
  button.addEventListener("click", () => TOOLS[tool](button));
}
