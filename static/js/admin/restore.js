// What was typed and not saved is put back: on the way back from an error page, or when the form is opened again after
// the connection was cut or the log-in had ended. It lies in this tab alone and for the account that typed it. The
// browser's own way of putting back is switched off: it knows neither added rows nor the editor, and would put an old
// text under the token of a newer version.

const { user, ...words } = document.querySelector("script[data-user]").dataset
const form = document.querySelector("#content-main form[method=post][id$=_form]")
const path = location.pathname + location.search.replace(/[?&]_changelist_filters=[^&]*/, "")
const STORE = "typed"
/** Forms that are kept. */
const MOST = 10

const keptForms = () => JSON.parse(sessionStorage.getItem(STORE) ?? "[]").filter((one) => one.user === user)
const keep = (kept) => {
  for (let most = MOST; most >= 0; most -= 1) {
    try {
      return sessionStorage.setItem(STORE, JSON.stringify(kept.slice(0, most)))
    } catch { /* too much for the browser: the oldest goes */ }
  }
}

const FIELDS = ":is(input, textarea, select)[name]:not([type=file], [type=password], [type=submit], [name=csrfmiddlewaretoken], [name$=_FORMS], [name*=__prefix__])"
const fields = () => [...form.elements].filter((one) => one.matches(FIELDS))
const isTick = (field) => field.type === "checkbox" || field.type === "radio"
const keyOf = (field) => isTick(field) ? `${field.name}=${field.value}` : field.name
const optionsOf = (options) => options.map((one) => [one.value, one.text])
/** What each field holds, or held when the page was drawn. */
const held = () => Object.fromEntries(fields().map((field) => [
  keyOf(field), isTick(field) ? field.checked : field.options ? optionsOf([...field.selectedOptions]) : field.value,
]))
const drawn = () => JSON.stringify(fields().filter((field) => field.type !== "hidden").map((field) =>
  isTick(field) ? field.defaultChecked : field.options ? optionsOf([...field.options].filter((one) => one.defaultSelected)) : field.defaultValue,
))

/** As many rows in each table as were there. */
const addRows = (values) => {
  for (const group of form.querySelectorAll(".js-inline-admin-formset")) {
    const { prefix } = JSON.parse(group.dataset.inlineFormset).options
    const numbers = Object.keys(values).map((key) => Number(key.match(`^${prefix}-(\\d+)-`)?.[1] ?? -1))
    for (let number = 0; number <= Math.max(...numbers); number += 1) {
      if (!document.getElementById(`${prefix}-${number}`)) group.querySelector(".add-row a")?.click()
    }
  }
}

const put = (field, value) => {
  if (isTick(field)) field.checked = value
  else if (field.options) {
    for (const [key, text] of value) {
      if (![...field.options].some((one) => one.value === key)) field.add(new Option(text, key))
    }
    for (const one of field.options) one.selected = value.some(([key]) => key === one.value)
  } else {
    field.value = value
    field.closest(".prose-editor")?.querySelector(".ProseMirror")?.editor?.commands.setContent(value)
  }
  field.dispatchEvent(new Event("change", { bubbles: true }))
}

const putBack = ({ values }) => {
  addRows(values)
  const now = held()
  for (const field of fields()) {
    const key = keyOf(field)
    if (key in values && JSON.stringify(values[key]) !== JSON.stringify(now[key])) put(field, values[key])
  }
}

const button = (text, act) => Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text, onclick: act })
const say = (...parts) => {
  document.querySelector(".put-back")?.remove()
  const note = document.createElement("p")
  note.className = "put-back"
  note.setAttribute("role", "status")
  note.append(...parts)
  form.before(note)
}

/** What became of the form that was sent last: the page that comes next says so. */
const judge = (kept, isRefused) => {
  const [last] = kept
  if (last?.state !== "sent") return
  last.state = isRefused ? "redrawn" : "failed"
  if (!document.querySelector(".messagelist .success")) return
  for (const one of kept) if (one.path === last.path && one.values._once === last.values._once) one.state = "saved"
}

const begin = () => {
  const kept = keptForms()
  const isRefused = Boolean(form?.querySelector(".errornote"))
  let before = isRefused && kept[0]?.path === path ? kept[0].before : form && drawn()
  judge(kept, isRefused)
  keep(kept)
  if (!form) return

  // A file can be put back by the browser alone; the form that has one has no rows, editor or version.
  if (!form.querySelector("[type=file]")) form.autocomplete = "off"
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward"
  const found = isBack && history.state?.typed
    ? kept.find((one) => one.id === history.state.typed)
    : kept.find((one) => one.path === path && (one.state === "failed" || one.state === "left"))
  let id
  const standFor = (one) => history.replaceState({ typed: id = one }, "")
  standFor(isBack && found ? found.id : `${Date.now()}-${Math.random()}`)
  form.addEventListener("form:left", ({ detail: { state } }) => {
    keep([{ id, user, path, before, state, values: held() }, ...keptForms().filter((one) => one.id !== id)])
  })

  const isSaved = found?.state === "saved"
  const isNew = Boolean(form.elements._once)
  if (!found || isRefused || (isSaved && !isNew)) return
  const isOlder = !isNew && found.before !== before
  const announce = (isTyped) => form.dispatchEvent(new CustomEvent("form:restored", { detail: { isTyped } }))
  const discard = button(isSaved ? words.fresh : words.discard, () => {
    keep(keptForms().filter((one) => one.id !== found.id))
    announce(false)
    location.reload()
  })
  const restore = () => {
    putBack(found)
    standFor(found.id)
    before = found.before
    announce(!isSaved)
    say(isSaved ? words.saved : words.back, isOlder ? words.older : "", discard)
  }
  if (isBack || (found.state === "failed" && !isOlder)) restore()
  else say(words.again, isOlder ? words.older : "", button(words.restore, restore), discard)
}

// Not before the editor stands, nor before jQuery has run what waits for the page: the buttons that add rows.
if (user) addEventListener("load", () => window.django?.jQuery ? django.jQuery(begin) : begin())
else if (!document.querySelector("#login-form")) sessionStorage.removeItem(STORE)
