// Where a refused form wants the eye: the first field that is wrong reads its message out, a message about the whole
// form reads itself. On load, for Django's change_form.js, which runs when it likes, goes to the first field of all.

addEventListener("load", () => {
  const fields = document.querySelectorAll(
    "[aria-invalid=true]:not(.select2-hidden-accessible), [aria-invalid=true] + .select2 [role=combobox]",
  )
  const first = [...fields].find((field) => field.offsetParent) ?? document.querySelector(".errorlist")
  if (first?.matches(".errorlist")) first.tabIndex = -1
  first?.focus()
})
