// A browser cuts a pasted text at the limit of its field without a word. Here the whole text stays and the
// field says by how much it is too long; the server refuses what still is when it is saved.

const words = document.querySelector("script[data-over]").dataset
/** From this share of the limit on, a field says how much is left. */
const NEAR = 0.8

const say = (field) => {
  const limit = Number(field.dataset.limit)
  // As the server counts: a rare character is one, though it takes two places here.
  const length = [...field.value].length
  const note = document.getElementById(field.dataset.note)
  const over = length > limit
  note.textContent = over
    ? words.over.replace("{0}", length - limit).replace("{1}", limit)
    : length >= limit * NEAR ? words.left.replace("{0}", limit - length) : ""
  note.classList.toggle("over", over)
}

document.addEventListener("focusin", ({ target }) => {
  if (!(target.maxLength > 0)) return
  target.dataset.limit = target.maxLength
  target.removeAttribute("maxlength")
  const note = document.createElement("p")
  note.id = target.dataset.note = `${target.id}_limit`
  note.className = "limit"
  note.setAttribute("role", "status")
  target.after(note)
  target.setAttribute("aria-describedby", `${target.getAttribute("aria-describedby") ?? ""} ${note.id}`.trim())
  say(target)
})
document.addEventListener("input", ({ target }) => { if (target.dataset.limit) say(target) })
