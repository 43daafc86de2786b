// Several files, in an order that one can see and change before they are sent. Without this the browser's own input
// takes them in the order of its window, and the server says the same of each.

const words = document.querySelector("script[data-most]").dataset
const input = document.querySelector("input[type=file][multiple]")
const most = Number(words.most)
const list = document.createElement("ol")
const note = document.createElement("p")
let chosen = []

list.className = "files"
note.className = "help"
note.setAttribute("role", "status")
input.after(list, note)

const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified

const button = (label, file, act) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "button"
  made.textContent = label
  made.setAttribute("aria-label", `${label} ${file.name}`)
  made.addEventListener("click", act)
  return made
}

const show = () => {
  const files = new DataTransfer()
  for (const file of chosen) files.items.add(file)
  input.files = files.files
  list.replaceChildren(...chosen.map((file, place) => {
    const row = document.createElement("li")
    const size = file.size / 1024 / 1024
    const name = document.createElement("span")
    name.textContent = `${file.name}（${size.toFixed(1)} MB）`
    row.append(name)
    if (size > Number(words.megabytes)) {
      const large = document.createElement("span")
      large.className = "lacking"
      large.textContent = words.large.replace("{0}", words.megabytes)
      row.append(large)
    }
    if (place) row.append(button(words.up, file, () => {
      chosen.splice(place - 1, 2, file, chosen[place - 1])
      show()
      list.children[place - 1].querySelector("button").focus()
    }))
    row.append(button(words.drop, file, () => {
      chosen.splice(place, 1)
      show()
      const left = list.children[Math.min(place, chosen.length - 1)]
      ;(left?.querySelector("button:last-child") ?? input).focus()
    }))
    return row
  }))
}

// What was chosen before stays: nine pictures may lie in several folders.
const take = () => {
  const added = [...input.files].filter((file) => !chosen.some((one) => isSame(one, file)))
  note.textContent = chosen.length + added.length > most ? words.many.replace("{0}", most) : ""
  chosen = [...chosen, ...added].slice(0, most)
  show()
}
input.addEventListener("change", take)
// Someone may have been quicker than this script.
take()

// The first press may only ask whether the desk would hear it (unsaved.js).
input.form.addEventListener("submit", (event) => { if (!event.defaultPrevented) note.textContent = words.sending })
