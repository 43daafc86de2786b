// Nothing typed is lost. Before it is left behind, the browser asks; before it is sent, we ask whether it
// would be heard: the account may have been logged out in another window, or the net be away.

const form = document.querySelector("#content-main form[method=post], .move-form")
const words = document.querySelector("script[data-logged-out]").dataset
// Values are compared, since a click alone changes nothing and the editor of the body writes its field by script.
// An autocomplete adds an empty option of its own once it is drawn: what is empty is not counted.
const written = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value && typeof value === "string")).toString()

// A refused form holds what was never stored. What the page says of a story is no refusal.
const REFUSED = ".errorlist[role=alert], .errorlist[id], form[id$=_form] .errornote"
let opened = form?.querySelector(REFUSED) ? "" : undefined
const open = () => { opened ??= written() }
let asking = false
let leaving = false

/** Why a save would be lost; nothing where the desk answers. */
const unheard = async () => {
  try {
    const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" })
    return answer.ok ? "" : words.loggedOut
  } catch {
    return words.away
  }
}

const say = (text, beside) => {
  const note = document.querySelector(".unheard") ?? document.createElement("p")
  note.className = "errornote unheard"
  note.setAttribute("role", "alert")
  note.textContent = text
  beside.before(note)
}

/** What the form holds is kept by restore.js: it may not arrive. */
const leave = (state) => form.dispatchEvent(new CustomEvent("form:left", { detail: { state } }))

const send = async (event) => {
  if (leaving) return
  event.preventDefault()
  if (asking) return
  asking = true
  const why = await unheard()
  asking = false
  if (why) return say(why, event.submitter?.closest(".submit-row") ?? form)
  // Whoever logged in again has another token than the form was drawn with.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  if (token) form.elements.csrfmiddlewaretoken.value = token
  leaving = true
  leave("sent")
  form.requestSubmit(event.submitter)
}

if (form && form.id !== "changelist-form") {
  for (const kind of ["focusin", "pointerdown", "keydown"]) form.addEventListener(kind, open, { capture: true, once: true })
  form.addEventListener("submit", send)
  addEventListener("pageshow", () => { leaving = false })
  // What restore.js puts back was never stored; what it throws away is not asked after.
  form.addEventListener("form:restored", ({ detail: { isTyped } }) => { opened = isTyped ? "" : undefined })
  const isTyped = () => opened !== undefined && written() !== opened
  addEventListener("beforeunload", (event) => { if (!leaving && isTyped()) event.preventDefault() })
  addEventListener("pagehide", () => { if (!leaving && isTyped()) leave("left") })
}
