// Names for the parts of an autocomplete: Select2 makes them without any, so that a screen reader
// would announce "text field" for each link of a story.

const $ = django.jQuery

const nameOf = (select) =>
  select.getAttribute("aria-label") || select.labels[0]?.textContent.replace(/[:：]\s*$/, "") || select.name

const name = (root) => {
  for (const select of root.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const container = select.nextElementSibling
    for (const part of container.querySelectorAll("[role=combobox], [role=textbox], input")) {
      part.removeAttribute("aria-labelledby")
      part.setAttribute("aria-label", nameOf(select))
    }
    // A list with a button among its items is no list.
    container.querySelector("ul")?.setAttribute("role", "presentation")
  }
}

// Registered after autocomplete.js, and so called after it has made the widgets.
$(() => name(document))
document.addEventListener("formset:added", (event) => name(event.target))

$(document).on("select2:open", (event) => {
  const field = document.querySelector(".select2-container--open .select2-search--dropdown input")
  field?.setAttribute("aria-label", `查找${nameOf(event.target)}`)
})
