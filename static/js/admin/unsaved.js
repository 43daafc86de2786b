// Asks before what was typed is left behind. Values are compared, since a click alone changes nothing
// and the editor of the body writes its field by script.

const form = document.querySelector("#content-main form[method=post], .move-form")
const written = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString()

// A refused form holds what was never stored.
let opened = document.querySelector(".errornote, .errorlist") ? "" : undefined
const open = () => { opened ??= written() }
let leaving = false

if (form && form.id !== "changelist-form") {
  for (const kind of ["focusin", "pointerdown", "keydown"]) form.addEventListener(kind, open, { capture: true, once: true })
  form.addEventListener("submit", () => { leaving = true })
  addEventListener("pageshow", () => { leaving = false })
  addEventListener("beforeunload", (event) => {
    if (!leaving && opened !== undefined && written() !== opened) event.preventDefault()
  })
}
