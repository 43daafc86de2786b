// Names for the parts of an autocomplete. Select2 makes them without any: a screen reader would say
// what is chosen, and not for which field.

const $ = django.jQuery

const name = (root) => {
  for (const select of root.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const [label] = select.labels
    if (!label) continue
    label.id ||= `${select.id}_label`

    const container = select.nextElementSibling
    const chosen = container.querySelector(".select2-selection__rendered")
    chosen.id ||= `${select.id}_chosen`
    // Neither a text field nor, with the clearing button among its items, a list.
    chosen.setAttribute("role", "presentation")
    chosen.removeAttribute("aria-readonly")
    container.querySelector("[role=combobox]").setAttribute("aria-labelledby", `${label.id} ${chosen.id}`)
    container.querySelector("input")?.setAttribute("aria-labelledby", label.id)
  }
}

// Registered after autocomplete.js, so called after it has made the widgets.
$(() => name(document))
document.addEventListener("formset:added", (event) => name(event.target))

$(document).on("select2:open", ({ target }) => {
  const search = document.querySelector(".select2-container--open .select2-search--dropdown input")
  search?.setAttribute("aria-labelledby", target.labels[0]?.id ?? "")
})
